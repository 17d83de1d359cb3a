"""WRD: slips of wording that a proofreader would mark."""

from collections.abc import Iterator

from pipeline.proofreading.blanks import joined_words, missing_blanks, stray_blanks, torn_compounds
from pipeline.proofreading.drafts import cut_off, draft_marks
from pipeline.proofreading.pairs import lone_marks
from pipeline.proofreading.repeats import repeats
from pipeline.proofreading.scripts import mixed_words
from pipeline.proofreading.similar import similar_words
from pipeline.proofreading.slip import Slip, remarks
from pipeline.rule import Dossier, rule
from schemas.address import Address
from schemas.finding import Phrase, Remark, Severity, phrase

_LONE_WORDS = {
    ("(", True): "скобка открыта и не закрыта",
    ("(", False): "скобка закрыта, но не открыта",
    ("[", True): "квадратная скобка открыта и не закрыта",
    ("[", False): "квадратная скобка закрыта, но не открыта",
    ("«", True): "кавычки открыты и не закрыты",
    ("«", False): "кавычки закрыты, но не открыты",
}
_NAMED = ("name", "heading", "responsible", "result")


@rule("WRD001", Severity.WARNING)
def lone_quotes_and_brackets(dossier: Dossier) -> Iterator[Remark]:
    """Кавычки или скобки без пары

    Потерянная кавычка или скобка меняет границы названия: не понять, где оно кончается.
    Вложенные кавычки, закрытые одним знаком («Об утверждении программы «Культура»), и
    скобки номеров — «1)», «а)» — не ошибка; цитата может кончаться в следующем абзаце.

    Не проходит: в областных СМИ (Томские новости», «Губернские новости»
    Проходит: в областных СМИ («Томские новости», «Губернские новости»)
    """
    slips: list[Slip] = []
    for passage, marks in lone_marks(dossier.passages):
        kinds = [_LONE_WORDS[mark.family, mark.opens] for mark in marks]
        first = marks[0].offset
        if len(marks) == 1:
            message = phrase(kinds[0])
        else:
            message = phrase("кавычки и скобки без пары: {signs}", signs=" ".join(passage.text[mark.offset] for mark in marks))
        slips.append(Slip(passage, first, first + 1, message, passage.text))
    yield from remarks(slips)


@rule("WRD002", Severity.WARNING)
def mixed_scripts(dossier: Dossier) -> Iterator[Remark]:
    """В слове буквы двух алфавитов

    Латинская «C» в слове «Cистема» на вид не отличается от русской, но поиск такого слова
    не найдёт, а сравнение редакций примет его за другое. Обозначения в формулах («Kобщ»),
    слова через дефис («IT-технологии»), адреса сайтов и почты — не ошибка.

    Не проходит: изменениz в программу
    Проходит: IT-технологии, e-mail, Wi-Fi
    """
    passages = dossier.passages
    slips: list[Slip] = []
    for found in mixed_words(passages.whole):
        word = passages.whole[found.start : found.end]
        text, start = passages.text_at(found.start)
        if found.is_latin:
            message = phrase("в слове «{word}» латинские буквы: {letters}", word=word, letters=found.foreign)
        else:
            message = phrase("в слове «{word}» русские буквы: {letters}", word=word, letters=found.foreign)
        slips.extend(Slip(passage, start, start + len(word), message, word.lower()) for passage in passages.places[text])
    yield from remarks(slips)


@rule("WRD003", Severity.WARNING)
def repeated_words(dossier: Dossier) -> Iterator[Remark]:
    """Слово или оборот стоит дважды подряд

    След правки: старый вариант не убрали. Так же находятся две формы одного
    прилагательного подряд.

    Не проходит: вступает в силу в силу
    Не проходит: 79 пользовательских пользовательская лицензия
    Проходит: год за годом; день ото дня
    """
    slips: list[Slip] = []
    for found in repeats(dossier.passages.tokens):
        text, start = dossier.passages.text_at(found.start)
        end = start + found.end - found.start
        template = "стоит дважды подряд: «{words}»" if found.whole else "две формы одного слова подряд: «{words}»"
        message = Phrase(template=template, values={"words": text[start:end]})
        slips.extend(Slip(passage, start, end, message, text[start:end].lower()) for passage in dossier.passages.places[text])
    yield from remarks(slips)


@rule("WRD004", Severity.NOTE)
def blanks(dossier: Dossier) -> Iterator[Remark]:
    """Пробел пропущен или лишний

    Слитно написанное слово не найдёт поиск, а адрес с пробелом не откроется. Единицы при
    числе («5км», «2021г.»), окончания («1ого»), сокращения с точкой («г.Томск», «кв.м»)
    и висячий дефис («видео- и фотосъёмка») — не ошибка. Сложное слово с пробелами вокруг
    дефиса находится, если в других местах оно написано без них.

    Не проходит: 18комплектов; переподготовку,чел.; цели -эффективное управление; www. site.ru
    Проходит: 18 комплектов; переподготовку, чел.; г.Томск; видео- и фотосъёмка
    """
    passages = dossier.passages
    slips: list[Slip] = []
    for found in (*missing_blanks(passages), *joined_words(passages), *stray_blanks(passages), *torn_compounds(passages)):
        written = found.text[found.start : found.end]
        if found.right:
            message, same = (
                phrase("написано «{written}», вероятно, нужно «{right}»", written=written, right=found.right),
                written.lower().rstrip(",.;:)"),
            )
        else:
            message, same = phrase("пробел только с одной стороны тире: «{written}»", written=written), "dash"
        slips.extend(Slip(passage, found.start, found.end, message, same) for passage in passages.places[found.text])
    yield from remarks(slips)


@rule("WRD005", Severity.WARNING)
def unlike_the_rest(dossier: Dossier) -> Iterator[Remark]:
    """Слово написано не так, как тот же оборот в других местах

    Слово, которого больше нигде нет, стоит там, где документ пишет почти такое же другое:
    вероятна опечатка. Падежи и однокоренные слова — не ошибка.

    Не проходит: «наградах материалов», а в другом месте «наградных материалов»
    Проходит: «развитие системы» и «развития системы»
    """
    passages = dossier.passages
    slips: list[Slip] = []
    for found in similar_words(passages.tokens, passages.counts):
        text, start = passages.text_at(found.start)
        end = start + found.end - found.start
        message = phrase("«{word}» — а в других местах документа «{usual}»", word=text[start:end], usual=found.usual)
        slips.extend(Slip(passage, start, end, message, text[start:end].lower()) for passage in passages.places[text])
    yield from remarks(slips)


@rule("WRD006", Severity.WARNING)
def left_from_a_draft(dossier: Dossier) -> Iterator[Remark]:
    """В тексте остался след черновика

    Слово «Проект» над заголовком, незаполненные дата и номер, «ХХХ» вместо числа,
    примечания на полях: в принятом документе их быть не должно.

    Не проходит: от «__» ______ 20__ г. № ___
    Не проходит: ПРОЕКТ
    Проходит: от 17.09.2020 № 504
    """
    message = phrase("след черновика")
    slips = (Slip(passage, start, end, message, passage.text[start:end].lower()) for passage, start, end in draft_marks(dossier.passages))
    yield from remarks(slips)
    comments = [aside for aside in dossier.edition.aside if aside.kind == "comment"]
    if comments:
        yield Remark(message=phrase("в файле остались примечания на полях: {count}", count=len(comments)),
                     address=Address(part="title"), place=comments[0].place, raw=comments[0].text)  # fmt: skip


@rule("WRD007", Severity.WARNING)
def cut_off_name(dossier: Dossier) -> Iterator[Remark]:
    """Наименование обрывается на полуслове

    После запятой, дефиса, союза или предлога в конце наименования, результата или
    перечня исполнителей что-то должно следовать: вероятно, конец потерян при правке.

    Не проходит: информированности населения о политической ситуации в районе,
    Проходит: Количество участников, чел.
    """
    slips: list[Slip] = []
    for passage in dossier.passages.all:
        span = cut_off(passage.text) if passage.kind in _NAMED else None
        if span is not None:
            message = phrase("обрывается на «{end}»", end=passage.text[span[0] : span[1]].strip())
            slips.append(Slip(passage, *span, message, passage.text))
    yield from remarks(slips)
