"""DOC: what must be known of the file itself before its figures are believed."""

from collections.abc import Iterator

from pipeline.rule import Dossier, rule
from schemas.address import Address
from schemas.finding import Remark, Severity, phrase
from schemas.place import Place

LOSS_WORDS = {
    "scanned-pages": "страниц без текста, одни картинки: {count}",
    "lost-text": "букв и цифр файла, которые прочитать не удалось: {count}",
    "doubtful-text": "файл повреждён, и часть текста могла пропасть",
    "lost-characters": "знаков, утраченных при прежнем пересохранении: {count}",
    "mojibake": "текст был испорчен неверной кодировкой и восстановлен; строк: {count}",
}


@rule("DOC001", Severity.NOTE)
def tracked_changes(dossier: Dossier) -> Iterator[Remark]:
    """В файле есть исправления, которые не приняты

    Word хранит в файле и прежний текст, и новый, пока исправления не приняты и не
    отклонены. Читается один из них: окончательный, а с ключом `--view original` —
    прежний. Подписанный документ исправлений не содержит: такой файл — рабочий.

    Не проходит: файл с тремя вставками и двумя удалениями на рецензировании
    Проходит: файл, в котором все исправления приняты
    """
    for note in dossier.edition.notes:
        if note.kind == "tracked-changes":
            message = phrase("исправлений, которые не приняты: {count}", count=str(note.count))
            yield Remark(message=message, address=Address(part="title"), place=Place())


@rule("DOC002", Severity.WARNING)
def damaged_text(dossier: Dossier) -> Iterator[Remark]:
    """Часть документа потеряна ещё до нас

    Страницы, которые отсканированы и не распознаны, знаки, утраченные при прежнем
    пересохранении, и текст повреждённого файла нельзя прочитать. Суммы без них могут не сходиться, а сведения — пропасть.

    Не проходит: две страницы из десяти — картинки
    Проходит: все страницы с текстом
    """
    for note in dossier.edition.notes:
        if note.kind in LOSS_WORDS:
            yield Remark(message=phrase(LOSS_WORDS[note.kind], count=str(note.count)), address=Address(part="title"), place=Place())
