"""REF: appendices that the text refers to, and footnotes."""

from collections.abc import Iterator

import regex

from pipeline.rule import Dossier, rule
from schemas.edition import Edition
from schemas.finding import Remark, Severity, phrase
from schemas.stated import FootMark, Mention

_OURS = regex.compile(
    r"^к\s+(?:(?:настоящ|муниципальн|целев|ведомственн|данн|государственн)\p{L}*\s+)*(?:программ|МП\b|мп\b|паспорт)", regex.I
)
_NUMBERED = regex.compile(r"приложени\p{L}*\s*(?:№|N)?\s*(\d{1,2})", regex.I)


@rule("REF005", Severity.WARNING)
def appendices(dossier: Dossier) -> Iterator[Remark]:
    """На приложение нет ссылки, или ссылка ведёт к приложению, которого нет

    Приложение становится частью программы через ссылку в её тексте («приведены в
    приложении 1»). Приложение без ссылки осталось от прежней редакции или забыто в
    тексте; ссылка на номер, которого нет, — след перенумерации. Приложения к другим
    актам («приложение 2 к постановлению …») не считаются.

    Не проходит: есть приложения 1 и 2, в тексте — только «в приложении 2 к программе»
    Не проходит: «в приложении 3 к программе», а приложений два
    Проходит: «в приложениях 1 и 2 к настоящей муниципальной программе»
    """
    edition = dossier.edition
    headings = [mention for mention in edition.mentions if mention.heads]
    referring = [mention for mention in edition.mentions if not mention.heads]
    if not edition.sections or not headings:
        return
    known = {mention.number for mention in headings}
    named = {mention.number for mention in referring} | set(_in_tables(edition))
    for heading in headings:
        if (not heading.of or _OURS.match(heading.of)) and heading.number not in named and not (None in named and len(headings) == 1):
            yield _remark(heading, "на «{raw}» в тексте программы нет ссылки")
    told: set[str | None] = set()
    for mention in referring:
        ours = _OURS.match(mention.of) if mention.of else None not in known
        if ours and mention.number is not None and mention.number not in known | told:
            told.add(mention.number)
            yield _remark(mention, "ссылка «{raw}» ведёт к приложению, которого в документе нет")


def _in_tables(edition: Edition) -> Iterator[str]:
    """The appendices that the activities refer to."""
    for task in edition.tasks:
        for activity in task.activities:
            yield from _NUMBERED.findall(f"{activity.name} {activity.result}")


def _remark(mention: Mention, template: str) -> Remark:
    return Remark(message=phrase(template, raw=mention.raw), address=mention.address, place=mention.place, raw=mention.raw)


@rule("REF006", Severity.WARNING)
def footnotes(dossier: Dossier) -> Iterator[Remark]:
    """Знак сноски без сноски или сноска, на которую нет знака

    Знак «<*>» обещает пояснение под таблицей. Если пояснения нет, его потеряли при
    внесении изменений; если есть пояснение, а знака нет, не понять, к чему оно.

    Не проходит: «Показатели результата мероприятия <*>», а сноски «<*>» нет
    Проходит: «Показатели результата <*>» и под таблицей «<*> Показатели за год»
    """
    edition = dossier.edition
    opened = {mark.mark for mark in edition.foot_marks if mark.opens} | {aside.mark for aside in edition.aside}
    marked = {mark.mark for mark in edition.foot_marks if not mark.opens}
    told: set[tuple[str, bool]] = set()
    for mark in edition.foot_marks:
        lost = mark.mark not in marked and not _is_bullet(mark) if mark.opens else mark.mark not in opened
        if lost and (mark.mark, mark.opens) not in told:
            told.add((mark.mark, mark.opens))
            template = "сноска «{raw}» есть, а знака, который к ней ведёт, нет" if mark.opens else "у знака сноски «{raw}» нет самой сноски"
            message = phrase(template, raw=mark.raw)
            yield Remark(message=message, address=mark.address, place=mark.place, raw=mark.raw)


def _is_bullet(mark: FootMark) -> bool:
    """A bare star at the beginning of a line may be the mark of a list's item."""
    return mark.raw.lstrip().startswith("*") and not mark.raw.lstrip().startswith("*(")
