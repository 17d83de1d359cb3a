"""PRO: figures in running text. Always warnings: prose may mean what its figures do not say."""

from collections.abc import Iterator
from decimal import Decimal

from pipeline.passages import Passage, Passages
from pipeline.proofreading.slip import Slip, fragment, remarks
from pipeline.reckoning.figures import agrees
from pipeline.reckoning.listed import Listed, listed
from pipeline.reckoning.shares import wrong_shares
from pipeline.reckoning.spans import idle_spans
from pipeline.reckoning.targets import folded, wrong_targets, wrong_years
from pipeline.reckoning.yearly import Breakdown, yearly
from pipeline.rule import Dossier, rule
from pipeline.rules.requisites import usual
from schemas.finding import Remark, Severity, Term, phrase

_PROSE = ("paragraph", "row")


@rule("PRO001", Severity.WARNING)
def count_and_breakdown(dossier: Dossier) -> Iterator[Remark]:
    """Число в тексте не равно сумме своих слагаемых

    Если за числом следует его разбивка — по годам, причинам, видам, — её сумма должна
    дать это число. Разбивка по годам сравнивается с учётом округления; перечень — только
    если по сумме он близок к названному числу: перечень может быть неполным.

    Не проходит: уволено 13 человек. Причины увольнения: собственное желание (7 человек); пенсия (5 человек)
    Не проходит: составит 300,0 тыс. руб., в т.ч. 2024 год – 100,0; 2025 год – 150,0
    Проходит: составит 250,0 тыс. руб., в т.ч. 2024 год – 100,0; 2025 год – 150,0
    """
    for chain in _texts(dossier.passages):
        yield from _broken_years(chain)
        for found in listed(chain):
            yield _broken_list(found)


def _texts(passages: Passages) -> Iterator[list[Passage]]:
    """Running texts, paragraph by paragraph; a passport row is a text of its own."""
    for name, chain in passages.chains.items():
        if name == "loose" or name.startswith("section"):
            yield chain
    for passage in passages.all:
        if passage.kind == "row":
            yield [passage._replace(text=line) for line in passage.text.split("\n")]


def _broken_years(chain: list[Passage]) -> Iterator[Remark]:
    starts, length = [], 0
    for passage in chain:
        starts.append(length)
        length += len(passage.text) + 1
    for found in yearly("\n".join(passage.text for passage in chain)):
        if not agrees(found.total, [term.value for term in found.terms]):
            yield _broken_total(chain, starts, found)


def _broken_total(chain: list[Passage], starts: list[int], found: Breakdown) -> Remark:
    def at(offset: int) -> int:
        return max(number for number, start in enumerate(starts) if start <= offset)

    number = at(found.start)
    passage = chain[number]
    raw, pointed = fragment(passage.text, found.start - starts[number], found.end - starts[number])
    terms = tuple(
        Term(address=chain[at(term.offset)].address.at(year=term.label), value=term.value, raw=term.raw, place=chain[at(term.offset)].place)
        for term in found.terms
    )
    expected = sum((term.value for term in found.terms), Decimal(0))
    return Remark(message=phrase("названо {value}, а по годам вместе {expected}", value=found.total, expected=expected),
                  address=passage.address, place=passage.place, raw=raw, pointed=pointed,
                  value=found.total, expected=expected, terms=terms)  # fmt: skip


def _broken_list(found: Listed) -> Remark:
    expected = sum((count for _, count, _ in found.items), Decimal(0))
    if found.is_whole:
        message = phrase("всего названо {value}, а перечень перед этим даёт {expected}", value=found.total, expected=expected)
    else:
        message = phrase("названо {value}, а перечень даёт {expected}", value=found.total, expected=expected)
    raw, pointed = fragment(found.passage.text, found.start, found.end)
    terms = tuple(Term(address=passage.address, value=count, raw=raw, place=passage.place) for passage, count, raw in found.items)
    return Remark(message=message, address=found.passage.address, place=found.passage.place, raw=raw, pointed=pointed,
                  value=found.total, expected=expected, terms=terms)  # fmt: skip


@rule("PRO002", Severity.WARNING)
def share_and_counts(dossier: Dossier) -> Iterator[Remark]:
    """Доля в процентах не следует из чисел рядом с ней

    Если названы и часть, и целое, и доля, они должны согласоваться; округление и отбрасывание
    лишних знаков допускаются, приблизительные доли («около 10%») не проверяются.

    Не проходит: из 41 муниципального служащего 3 человека (9,3%)
    Проходит: из 41 муниципального служащего 3 человека (7,3%)
    """
    slips: list[Slip] = []
    for text, passages in dossier.passages.places.items():
        if "%" in text:
            for found in wrong_shares(text):
                message = phrase("названо {stated}%, а {part} из {whole} — это {expected}%",
                                 stated=found.stated, part=found.part, whole=found.whole, expected=found.expected)  # fmt: skip
                slips.extend(Slip(p, found.start, found.end, message, (text, found.start)) for p in passages if p.kind != "method")
    yield from remarks(slips)


@rule("PRO003", Severity.WARNING)
def text_and_tables(dossier: Dossier) -> Iterator[Remark]:
    """Год или целевое значение в тексте не то, что в таблицах

    Значение показателя, названного в тексте полностью, сравнивается с приложением 1 за тот же
    год; годы, которые текст даёт самой программе, — со сроком программы.

    Не проходит: доля жителей … составит 100% в 2023 году (в приложении 1 — 99)
    Не проходит: к концу реализации программы в 2025 году (срок программы — по 2026 год)
    Проходит: до 2030 года в соответствии со Стратегией
    """
    text = folded(dossier.passages.whole)
    yield from remarks([*_targets(dossier, text), *_years(dossier, text)])


def _targets(dossier: Dossier, folded_text: str) -> Iterator[Slip]:
    edition, passages = dossier.edition, dossier.passages
    for found in wrong_targets(folded_text, edition.indicators):
        text, start = passages.text_at(found.start)
        expected = edition.indicators[found.indicator].values[found.year].value
        assert expected is not None  # only values that are there are compared
        message = phrase(
            "в тексте на {year} год {stated}, а в приложении 1 {expected}", year=found.year, stated=found.stated, expected=expected
        )
        for passage in passages.places[text]:
            if passage.kind in _PROSE:
                yield Slip(passage, start, start + found.end - found.start, message, (text, start))


def _years(dossier: Dossier, folded_text: str) -> Iterator[Slip]:
    own = usual(dossier.edition.periods)
    if own is None:
        return
    for found in wrong_years(folded_text, *own):
        text, start = dossier.passages.text_at(found.start)
        message = phrase("годы не те, что у программы: {first}–{last}", first=str(own[0]), last=str(own[1]))
        for passage in dossier.passages.places[text]:
            if passage.kind in _PROSE:
                yield Slip(passage, start, start + found.end - found.start, message, (text, start))


@rule("PRO004", Severity.WARNING)
def idle_change(dossier: Dossier) -> Iterator[Remark]:
    """Изменение или срок ведёт в тот же год или назад

    «С … в одном году до … в другом» описывает движение: второй год должен быть позже
    первого. Так же проверяются периоды «с … по … год» и «…–… годы».

    Не проходит: с 2 специалистов в 2020 году до 100 % в 2020 году
    Проходит: с 2 специалистов в 2020 году до 100 % в 2026 году
    """
    slips: list[Slip] = []
    for text, passages in dossier.passages.places.items():
        for found in idle_spans(text) if "20" in text or "19" in text else ():
            if found.first == found.last:
                message = phrase("начало и конец в одном году: {year}", year=str(found.first))
            else:
                message = phrase("от {first} года назад к {last} году", first=str(found.first), last=str(found.last))
            slips.extend(Slip(passage, found.start, found.end, message, (text, found.start)) for passage in passages)
    yield from remarks(slips)
