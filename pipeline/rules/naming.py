"""AGR: the title, the goal and the tasks are named alike wherever they stand."""

from collections.abc import Iterable, Iterator

import regex

from extractors.passport import items
from extractors.text import shortened
from pipeline.likeness import apart, likeness, stems, words_of
from pipeline.rule import Dossier, rule
from schemas.address import Address
from schemas.edition import Edition
from schemas.finding import Remark, Severity, Term, phrase
from schemas.stated import Named

_ALIKE, _CLOSE = 0.55, 0.75  # of likeness: of one number, and of any
_YEARS = regex.compile(
    r"[\s,(]*(?:\bна\s+)?(?:период\s+)?(?:(?:с\s+)?(?:19|20)\d\d\s*(?:год\w*|г\.)?\s*(?:[-–—]|по|до)\s*(?:19|20)\d\d|до\s+(?:19|20)\d\d)\s*(?:год\w*|гг?\.?)?(?!\w)\)?",
    regex.I,
)
_ASIDE = regex.compile(
    r"\((?:далее|в\s+ред|с\s+изм)[^)]*\)?|^\W*(?:муниципальн\w+\s+|целев\w+\s+|ведомственн\w+\s+)*программ\w*(?=\W)", regex.I
)
_GOALS_BEGIN = regex.compile(r"^\s*(?:основн\w+\s+)?цел[ьи](?:\s+\w+){0,2}\s*[-–—:]\s*", regex.I)
_TASKS_BEGIN = regex.compile(r"^\s*(?:основн\w+\s+)?задачи?(?:\s+\w+){0,2}\s*[-–—:]+\s*", regex.I | regex.M)
_DIFFERENCE_WORDS = {
    "title": "программа названа иначе, чем в других местах: здесь «{here}», там «{there}»",
    "goal": "цель названа иначе, чем в других местах: здесь «{here}», там «{there}»",
    "task": "задача названа иначе, чем в других местах: здесь «{here}», там «{there}»",
}


@rule("AGR003", Severity.WARNING)
def goal_and_tasks(dossier: Dossier) -> Iterator[Remark]:
    """Цель или задача названа в разных местах по-разному

    Цель и задачи программы повторяются в паспорте, в тексте, в приложении 1 и в
    приложении 2. Если в одном месте слова иные, изменение внесли не везде, и не
    понять, какая задача утверждена. Регистр, знаки препинания, кавычки, ё и
    пометки «Задача 1:» не считаются; в тексте не считаются и падежи. Задача,
    которая есть в паспорте и которой нет в приложении 2 (или наоборот), — тоже
    находка.

    Не проходит: паспорт — «Развитие дорожной сети»; приложение 2 — «Содержание дорожной сети»
    Проходит: паспорт — «1. Развитие сети дорог.»; приложение 2 — «Задача 1: развитие сети дорог»
    """
    for group in _groups(_stated(dossier.edition, "goal")):
        yield from _differences(group, _DIFFERENCE_WORDS["goal"])
    tasks = _stated(dossier.edition, "task")
    for group in _groups(tasks):
        yield from _differences(group, _DIFFERENCE_WORDS["task"])
    if not dossier.edition.passport.subprogrammes:
        yield from _missing(tasks)


def _stated(edition: Edition, scope: str) -> dict[str, list[Named]]:
    """What each part names, part by part, the passport first."""
    found: dict[str, list[Named]] = {}
    for named in (*_of_passport(edition), *edition.named, *_of_headings(edition)):
        if named.scope == scope and words_of(named.text):
            found.setdefault(named.address.part, []).append(named)
    return found


def _of_passport(edition: Edition) -> Iterator[Named]:
    """The goals and the tasks of the passport; in a row «Цели и задачи» the tasks begin with their word."""
    row, tasks = edition.passport.row("goal"), edition.passport.row("tasks")
    if row:
        goals, _, more = row.text.partition(found[0]) if (found := _TASKS_BEGIN.search(row.text)) else (row.text, "", "")
        for text in items(_GOALS_BEGIN.sub("", goals)):
            yield Named(scope="goal", text=text, address=Address(part="passport", row="goal"), place=row.place)
        for number, text in enumerate(items(more.strip()) if not tasks else (), 1):
            yield Named(
                scope="task", task=str(number), text=text, address=Address(part="passport", row="goal", task=str(number)), place=row.place
            )
    if tasks:
        for number, text in enumerate(edition.passport.tasks, 1):
            address = Address(part="passport", row="tasks", task=str(number))
            yield Named(scope="task", task=str(number), text=text, address=address, place=tasks.place)


def _of_headings(edition: Edition) -> Iterator[Named]:
    for heading in edition.headings:
        address = (
            Address(part=heading.part, row="goal")
            if heading.scope == "goal"
            else Address(part=heading.part, task=heading.task, column="name")
        )
        yield Named(scope=heading.scope, task=heading.task, text=heading.name, address=address, place=heading.place)


def _groups(stated: dict[str, list[Named]]) -> list[list[Named]]:
    """What is one goal or task, with every place that names it; each part gives at most one."""
    groups: list[list[Named]] = []
    for named_by_part in stated.values():
        free, left = list(groups), list(named_by_part)
        for alike in (_equal, _same_number, _close):
            for named in list(left):
                group = next((group for group in free if alike(group[0], named)), None)
                if group is not None:
                    group.append(named)
                    free.remove(group)
                    left.remove(named)
        groups.extend([named] for named in left)
    return groups


def _equal(left: Named, right: Named) -> bool:
    return words_of(left.text) == words_of(right.text)


def _same_number(left: Named, right: Named) -> bool:
    return left.task == right.task and likeness(left.text, right.text) >= _ALIKE


def _close(left: Named, right: Named) -> bool:
    return likeness(left.text, right.text) >= _CLOSE


def _differences(group: list[Named], template: str) -> Iterator[Remark]:
    """A remark for each place that words it otherwise than most do; of equals the first is the usual."""
    ways: dict[tuple[str, ...], list[Named]] = {}
    for named in group:
        ways.setdefault(words_of(named.text), []).append(named)
    alike = max(ways.values(), key=len)
    usual = alike[0]
    for named in group:
        if named in alike or (named.address.part == "section" and _says_the_same(named, usual)):
            continue
        there, here = apart(usual.text, named.text)
        yield Remark(message=phrase(template, here=here, there=there), address=named.address, place=named.place,
                     raw=named.text, terms=_terms(alike))  # fmt: skip


def _says_the_same(told: Named, usual: Named) -> bool:
    """Whether running text gives the same words in other cases, or several goals in one sentence."""
    here, there = stems(told.text), stems(usual.text)
    return here == there or (told.scope == "goal" and set(there) <= set(here) and len(here) > len(there) + 1)


def _terms(named: Iterable[Named]) -> tuple[Term, ...]:
    return tuple(Term(address=other.address, value=None, raw=other.text, place=other.place) for other in named)


def _missing(stated: dict[str, list[Named]]) -> Iterator[Remark]:
    """Tasks that the passport, the text or appendix 2 leaves out, where it names most of the others.

    Appendix 1 may pass over a task: not every task has an indicator.
    """
    whole = {part: named for part, named in stated.items() if part != "appendix1"}
    groups = _groups(whole)
    most = max(map(len, whole.values()), default=0)
    shared = [group for group in groups if len(group) > 1]
    compared = [part for part in whole if 2 * sum(part in _parts(group) for group in shared) >= most]
    lone = [group for group in groups if _parts(group) < set(compared)]
    for group in lone:
        rivals = [other for other in lone if other[0].task == group[0].task and not _parts(other) & _parts(group)]
        if rivals and rivals[0] is not group and lone.index(rivals[0]) < lone.index(group):
            continue  # told with the other
        absent = [part for part in compared if part not in _parts(group)]
        if rivals:
            message = phrase("под одним номером названы разные задачи: здесь «{here}», там «{there}»",
                             here=shortened(group[0].text), there=shortened(rivals[0][0].text))  # fmt: skip
        else:
            message = phrase("задача «{task}» названа не во всех местах (нет: {absent})",
                             task=shortened(group[0].text), absent=Address.parse(absent[0]))  # fmt: skip
        others = rivals[0] if rivals else group[1:]
        yield Remark(message=message, address=group[0].address, place=group[0].place, raw=group[0].text, terms=_terms(others))


def _parts(group: list[Named]) -> set[str]:
    return {named.address.part for named in group}


@rule("AGR004", Severity.WARNING)
def title(dossier: Dossier) -> Iterator[Remark]:
    """Название программы в разных местах разное

    Под этим названием программа утверждена, и в заголовке, в паспорте и в
    названиях приложений оно должно быть одно слово в слово. Кавычки, знаки
    препинания и регистр не считаются, а о годах говорит REF003.

    Не проходит: «Информационное общество» в паспорте и «Информационное сообщество» в заголовке
    Проходит: «Информационное общество» на 2021-2026 годы; «ИНФОРМАЦИОННОЕ ОБЩЕСТВО на 2021–2026 гг.»
    """
    stated = [named.model_copy(update={"text": _bare(named.text)}) for named in dossier.edition.named if named.scope == "title"]
    yield from _differences([named for named in stated if words_of(named.text)], _DIFFERENCE_WORDS["title"])


def _bare(text: str) -> str:
    """A title without its years, without «(далее – Программа)» and the words «муниципальная программа»."""
    return _YEARS.sub(" ", _ASIDE.sub(" ", text)).strip()
