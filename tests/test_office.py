"""Word 6-2003 and RTF through LibreOffice: the same edition, and no harm from whatever the program does."""

import io
import shutil
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from extractors import errors
from extractors.edition import edition
from extractors.options import Limits, Options
from extractors.reader import all_readers, read, source_file
from extractors.readers import office
from schemas.blocks import Paragraph
from tests.converted import as_word_writes_it, convert, without
from tests.golden import ROOT
from tests.ole import compound, word
from tests.word import p, package

SAMPLE = ROOT / "samples/kozhevnikovo-504/2023-160/source.docx"
RTF = rb"{\rtf1\ansi\ansicpg1251 "
DOC = compound(WordDocument=word(), **{"0Table": b""})


def paragraphs(data: bytes, options: Options | None = None) -> list[str]:
    """The texts of a document's paragraphs."""
    return [block.text for block in read(data, options or Options()).blocks if isinstance(block, Paragraph)]


# With LibreOffice itself


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The sample as .doc and .rtf."""
    folder = tmp_path_factory.mktemp("made")
    data = as_word_writes_it(SAMPLE.read_bytes())
    return {suffix: convert(folder, data, "docx", suffix) for suffix in ("doc", "rtf")}


def edition_of(data: bytes) -> object:
    """The edition in a file but for the file's name and the places."""
    document = read(data)
    return without(edition(document, source_file("", data, document)).record())


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_the_sample_gives_the_same_edition(made: dict[str, bytes], kind: str) -> None:
    """The edition from .doc and from .rtf is that from .docx, nothing excepted but the file and the places."""
    assert edition_of(made[kind]) == edition_of(SAMPLE.read_bytes())
    assert read(made[kind]).format == kind


@pytest.mark.slow
def test_two_conversions_at_once(made: dict[str, bytes]) -> None:
    """Each has a profile of its own, so neither waits for the other nor spoils it."""
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(read, (made["doc"], made["rtf"]))
    assert (first.format, second.format) == ("doc", "rtf")
    assert len(first.blocks) == len(second.blocks)


@pytest.mark.slow
def test_russian_in_rtf() -> None:
    """Bytes of the code page and numbers of Unicode are letters, blanks stay; a mark and blanks before the beginning do no harm."""
    text = RTF + rb"\uc1 \'cf\'f0\'ee\'e3\'f0\'e0\'ec\'ec\'e0 \u8470? \u1090?\u1077?\u1089?\u1090? 2   600,,0\par}"
    assert paragraphs(b"\xef\xbb\xbf\r\n " + text + b"\0\n") == ["Программа № тест 2   600,,0"]


@pytest.mark.slow
def test_fields_keep_what_they_were_saved_with() -> None:
    """The date of the day, which LibreOffice works out anew, is the one that the file holds; so is the file's name."""
    date = rb'{\field{\*\fldinst { DATE \\@ "dd.MM.yyyy"}}{\fldrslt 01.02.2003}}'
    name = rb"{\field{\*\fldinst FILENAME}{\fldrslt old.rtf}}"
    assert paragraphs(RTF + date + b" " + name + rb"\par}") == ["01.02.2003 old.rtf"]


@pytest.mark.slow
def test_dates_in_doc_keep_what_they_were_saved_with(tmp_path: Path) -> None:
    """The same for the table of fields in a .doc."""
    written = docx.Document()
    field = f'<w:fldSimple {nsdecls("w")} w:instr=" DATE "><w:r><w:t>x</w:t></w:r></w:fldSimple>'
    written.add_paragraph("от ")._p.append(parse_xml(field))
    out = io.BytesIO()
    written.save(out)
    today = convert(tmp_path, out.getvalue(), "docx", "doc")
    shown = paragraphs(today)[0].removeprefix("от ")
    saved = "#" * len(shown)
    assert len(shown) > 5
    old = today.replace(shown.encode("utf-16-le"), saved.encode("utf-16-le")).replace(shown.encode(), saved.encode())
    assert old != today
    assert paragraphs(old)[0] == f"от {saved}"


@pytest.mark.slow
def test_what_libreoffice_cannot_open_is_refused() -> None:
    """A file with the right beginning and nothing behind it is no document."""
    with pytest.raises(errors.OfficeRefused):
        read(b"{\\rtf1" + b"\\x{" * 1000 + b"}")


@pytest.mark.slow
def test_a_limit_of_memory_is_kept() -> None:
    """Far too little memory ends LibreOffice and not the program that asked it."""
    with pytest.raises(errors.OfficeFailed):
        read(RTF + b"x}", Options(limits=Limits(conversion_bytes=100 * 2**20)))


# With programs that misbehave

PARSED = """#!/bin/sh
for word; do [ "$last" = --outdir ] && out=$word; last=$word; done
"""


class Fake:
    """A program in place of LibreOffice, and the folder for temporary files that it is watched in."""

    def __init__(self, folder: Path, temporary: Path) -> None:
        self.folder, self.temporary = folder, temporary
        (folder / "good.docx").write_bytes(package(p("текст")))

    def options(self, script: str, seconds: int = 60) -> Options:
        """Options that name a program which does this; `$out` is the folder it is to write to."""
        program = self.folder / "office.sh"
        program.write_text(PARSED + script + "\n", "utf-8")
        program.chmod(0o755)
        return Options(soffice=str(program), limits=Limits(conversion_seconds=seconds))


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """The fake, with a folder for temporary files that only this test uses."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    return Fake(tmp_path, temporary)


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that is dead and not yet buried does not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text("ascii")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"


def is_gone(pid: int) -> bool:
    """Whether the process ends within what a loaded machine needs to end one."""
    for _ in range(200):
        if not is_alive(pid):
            return True
        time.sleep(0.05)
    return False


MISBEHAVIOUR = {
    "hangs": ("sleep 1000", errors.OfficeTimeout),
    "crashes": ("kill -SEGV $$", errors.OfficeFailed),
    "ends with an error": ("exit 77", errors.OfficeFailed),
    "cannot load": ("echo 'Error: source file could not be loaded' >&2; exit 1", errors.OfficeRefused),
    "writes nothing": ("exit 0", errors.OfficeRefused),
    "another name": ('cp {good} "$out/result.docx"', errors.OfficeRefused),
    "empty result": (': > "$out/input.docx"', errors.OfficeRefused),
    "rubbish": ('echo rubbish > "$out/input.docx"', errors.OfficeRefused),
    "a zip but no document": ('printf "PK\\005\\006%018d" 0 | tr 0 "\\000" > "$out/input.docx"', errors.OfficeRefused),
    "a folder": ('mkdir "$out/input.docx"', errors.OfficeRefused),
    "a link": ('ln -s {good} "$out/input.docx"', errors.OfficeRefused),
    "good result, bad end": ('cp {good} "$out/input.docx"; exit 1', errors.OfficeFailed),
    "endless noise": ("yes", errors.OfficeTimeout),
}


@pytest.mark.parametrize("name", MISBEHAVIOUR)
def test_each_misbehaviour_has_its_error_and_leaves_nothing(fake: Fake, name: str) -> None:
    """The error says what happened; the program's own children end with it, and the temporary folder is gone."""
    script, error = MISBEHAVIOUR[name]
    child = fake.folder / "child"
    begun = f"sleep 1000 & echo $! > {child}\n" + script.format(good=fake.folder / "good.docx")
    with pytest.raises(error):
        read(DOC, fake.options(begun, seconds=1 if error is errors.OfficeTimeout else 60))
    assert is_gone(int(child.read_text("ascii")))
    assert list(fake.temporary.iterdir()) == []


@pytest.mark.parametrize(("data", "kind"), [(DOC, "doc"), (RTF + b"x}", "rtf")], ids=["doc", "rtf"])
def test_noise_and_children_do_not_hinder_a_good_result(fake: Fake, data: bytes, kind: str) -> None:
    """What is written under the right name is read, whatever else is said and written; nothing is left behind."""
    script = f'head -c 1000000 /dev/zero; echo x > "$out/other"; sleep 1000 & cp {fake.folder}/good.docx "$out/input.docx"'
    document = read(data, fake.options(script))
    assert (document.format, document.blocks) == (kind, (Paragraph("текст"),))
    assert list(fake.temporary.iterdir()) == []


def test_what_libreoffice_writes_twice_is_not_the_sources(fake: Fake) -> None:
    """A second form of a box, for other programs, is not listed as left out: the source does not hold it."""
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    forms = "<mc:Choice><w:r><w:t>да</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>да</w:t></w:r></mc:Fallback>"
    body = f'<w:p><mc:AlternateContent xmlns:mc="{space}">{forms}</mc:AlternateContent></w:p>'
    (fake.folder / "good.docx").write_bytes(package(body))
    assert read(DOC, fake.options(f'cp {fake.folder}/good.docx "$out/input.docx"')).left_out == ()


def test_it_works_where_no_network_of_its_own_is_permitted(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program that gives a process a network of its own may be missing."""
    options = fake.options(f'/bin/cp {fake.folder}/good.docx "$out/input.docx"')
    monkeypatch.setenv("PATH", str(fake.folder))
    assert paragraphs(DOC, options) == ["текст"]


def test_what_the_program_is_given(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """A profile without macros, links and network; the bytes under a fixed name; limits; nothing of the caller's environment."""
    monkeypatch.setenv("SECRET", "x")
    seen = fake.folder / "seen"
    script = f'mkdir {seen}; cp -r "$HOME"/. {seen}; env > {seen}/env; ulimit -v > {seen}/memory; ulimit -t > {seen}/time; echo "$@" > {seen}/arguments'
    with pytest.raises(errors.OfficeRefused):
        read(DOC, fake.options(script))
    profile = (seen / "profile/user/registrymodifications.xcu").read_text("utf-8")
    for name, value in (
        ("MacroSecurityLevel", "3"),
        ("DisableMacrosExecution", "true"),
        ("Link", "2"),
        ("BlockUntrustedRefererLinks", "true"),
    ):
        assert f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>' in profile
    environment = dict(line.split("=", 1) for line in (seen / "env").read_text("utf-8").splitlines())
    assert "SECRET" not in environment
    assert environment["https_proxy"] == environment["http_proxy"] == "http://127.0.0.1:9"
    assert (seen / "memory").read_text("ascii").strip() == str(Limits().conversion_bytes // 1024)
    assert (seen / "time").read_text("ascii").strip() == str(2 * 60)  # of processor time, also when nobody waits any more
    assert (seen / "input.doc").read_bytes() == DOC
    arguments = (seen / "arguments").read_text("utf-8")
    assert "--headless --norestore --nologo --nodefault --nofirststartwizard" in arguments
    assert f"-env:UserInstallation=file://{fake.temporary}" in arguments


def test_without_libreoffice(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its absence is said, whether it was named or looked for; both names that it goes by are looked for."""
    with pytest.raises(errors.NoOffice):
        read(DOC, Options(soffice=str(fake.folder / "nowhere")))
    monkeypatch.setenv("PATH", str(fake.folder))
    with pytest.raises(errors.NoOffice):
        read(DOC)
    fake.options(f'/bin/cp {fake.folder}/good.docx "$out/input.docx"')
    shutil.copy(fake.folder / "office.sh", fake.folder / "libreoffice")
    assert paragraphs(DOC) == ["текст"]


# Without any program

REFUSED = {
    "cut off": (DOC[:700], errors.Damaged, ""),
    "no more than a beginning": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), errors.Damaged, ""),
    "stream cut off": (compound(WordDocument=word(), **{"0Table": bytes(9000)})[:-3000], errors.Damaged, ""),
    "other head": (compound(WordDocument=word(identity=0x1234)), errors.Damaged, ""),
    "no table": (compound(WordDocument=word()), errors.Damaged, ""),
    "password": (compound(WordDocument=word(0x0100)), errors.Encrypted, ""),
    "encrypted .docx": (compound(EncryptedPackage=b"", EncryptionInfo=b""), errors.Encrypted, ""),
    "Excel": (compound(Workbook=b""), errors.OtherKind, "таблица Excel"),
    "old Excel": (compound(Book=b""), errors.OtherKind, "таблица Excel"),
    "PowerPoint": (compound(PowerPoint_Document=b""), errors.OtherKind, "презентация PowerPoint"),
    "unknown": (compound(Something=b""), errors.OtherKind, "составной файл другой программы"),
    "Word 2": (b"\xdb\xa5\x2d\x00" + bytes(600), errors.TooOld, ""),
    "Word for DOS": (b"\x31\xbe\x00\x00\x00\xab" + bytes(600), errors.TooOld, ""),
    "RTF cut off": (RTF + b"text", errors.Damaged, ""),
    "RTF with a hole": (RTF + b"text" + bytes(500) + b"}", errors.Damaged, ""),
    "RTF with a picture without end": (RTF + rb"{\pict\bin2000000000 x}}", errors.Damaged, ""),
    "RAR": (b"Rar!\x1a\x07\x01\x00", errors.OtherKind, "архив RAR"),
    "7-Zip": (b"7z\xbc\xaf\x27\x1c", errors.OtherKind, "архив 7-Zip"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_before_any_program_starts(name: str) -> None:
    """What a look at the file tells is told without LibreOffice, each kind with its own error."""
    data, error, detail = REFUSED[name]
    with pytest.raises(error) as raised:
        read(data, Options(soffice="/nowhere"))
    assert raised.value.detail == detail


def test_an_installer_is_told_by_its_class() -> None:
    """A Windows installer names its streams in a code of its own; the root's class says what it is."""
    data = bytearray(compound(Something=b""))
    data[1024 + 80 : 1024 + 96] = bytes.fromhex("84100c0000000000c000000000000046")
    with pytest.raises(errors.OtherKind) as raised:
        read(bytes(data))
    assert raised.value.detail == "установщик Windows"


@pytest.mark.parametrize(
    "data", [package(p("x")), b"<html><body>x</body></html>", "Текст".encode(), b"%PDF-1.7"], ids=["docx", "html", "text", "pdf"]
)
def test_other_content_is_never_claimed(data: bytes) -> None:
    """A file of another format that is called .doc is read as what it is: the name plays no part."""
    claims = {reader.name for reader in all_readers() if reader.recognises(data)}
    assert not claims & {"doc", "rtf"}
    assert not office.recognises_doc(data)
