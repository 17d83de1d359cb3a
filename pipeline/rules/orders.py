"""STP: what the amending acts themselves make doubtful, where they were given (`diff --by`)."""

from collections.abc import Iterator

from pipeline.rule import Step, rule
from schemas.address import Address
from schemas.finding import Remark, Severity
from schemas.place import Place


@rule("STP001", Severity.ERROR, over="step")
def old_wording_absent(step: Step) -> Iterator[Remark]:
    """Прежних слов, которые акт заменяет, в прежней редакции нет

    Указание «цифры «165,0» заменить цифрами «180,0»» можно выполнить, только если
    «165,0» стоит там, где акт говорит. Если прежних слов нет, акт написан по другой
    редакции, или в нём описка, или редакцию изменили без акта.

    Не проходит: акт заменяет «166,0», а в прежней редакции стоит «165,0»
    Проходит: акт заменяет «165,0», и в прежней редакции стоит «165,0»
    """
    yield from _doubts(step, "STP001")


@rule("STP002", Severity.ERROR, over="step")
def other_figure_published(step: Step) -> Iterator[Remark]:
    """Цифра новой редакции не та, которую предписал акт

    Акт сказал, какая цифра должна стоять в клетке; в новой редакции стоит другая,
    или осталась прежняя.

    Не проходит: акт заменяет «1900,0» на «2500,0», а в новой редакции «2600,0»
    Проходит: акт заменяет «1900,0» на «2600,0», и в новой редакции «2600,0»
    """
    yield from _doubts(step, "STP002")


@rule("STP003", Severity.WARNING, over="step")
def only_amending_amended(step: Step) -> Iterator[Remark]:
    """Изменения внесены в акт, который сам лишь вносит изменения

    Изменения вносят в основной акт, а не в тот, которым его меняли (Методические
    рекомендации Минюста по юридико-техническому оформлению, о внесении изменений):
    акт о внесении изменений исполняется с вступлением в силу и больше ничего не регулирует.

    Не проходит: «Внести в постановление от 07.04.2022 № 192 «О внесении изменений …» следующие изменения»
    Проходит: «Внести в постановление от 17.09.2020 № 504 «Об утверждении …» следующие изменения»
    """
    yield from _doubts(step, "STP003")


@rule("STP004", Severity.WARNING, over="step")
def numbers_out_of_sequence(step: Step) -> Iterator[Remark]:
    """Номера актов или пунктов акта идут не по порядку

    В пределах года номера актов растут вместе с датами; акт не может быть старше того,
    что он изменяет; пункты акта нумеруются подряд. Нарушение порядка — описка в номере
    или дате, или пункт, выпавший из акта.

    Не проходит: № 160 от 24.03.2023 после № 192 от 10.02.2023; пункт 1.4 после пункта 1.2
    Проходит: № 192 от 07.04.2022, затем № 160 от 24.03.2023; пункты 1.1, 1.2, 1.3
    """
    yield from _doubts(step, "STP004")


def _doubts(step: Step, code: str) -> Iterator[Remark]:
    audit = step.comparison.audit
    for doubt in audit.doubts if audit else ():
        if doubt.code == code:
            yield Remark(message=doubt.message, address=doubt.address or Address(part="resolution"), place=doubt.place or Place())
