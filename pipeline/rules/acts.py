"""REF: well-known acts are cited as they are."""

from collections.abc import Iterator

from pydantic import Field, field_validator

from pipeline.register import Register, known_act, usual_register
from pipeline.rule import Dossier, rule
from schemas.address import Address
from schemas.base import Shape
from schemas.finding import Remark, phrase


class Further(Shape):
    """Acts that a municipality adds to the register."""

    acts: tuple[str, ...] = Field((), description="ещё акты реестра, каждый в виде: номер от ДД.ММ.ГГГГ «название»")

    @field_validator("acts")
    @classmethod
    def _in_form(cls, acts: tuple[str, ...]) -> tuple[str, ...]:
        for act in acts:
            known_act(act)
        return acts


@rule("REF007", options=Further())
def known_acts(dossier: Dossier, options: Further) -> Iterator[Remark]:
    """Известный акт назван с чужой датой или номером

    Реестр известных федеральных актов — в файле acts.toml, его можно дополнить
    настройкой. Номера повторяются каждый год (273-ФЗ — два закона), поэтому акт
    узнают по двум признакам из трёх: номер, дата, название; без названия — по номеру
    и году. Подозрение (предупреждение): без названия совпали номер, день и месяц, но не
    год; номер без «-ФЗ».

    Не проходит: закон от 6 октября 2013 года № 131-ФЗ «Об общих принципах организации местного самоуправления …»
    Проходит: закон от 6 октября 2003 года № 131-ФЗ «Об общих принципах организации местного самоуправления …»
    """
    usual = usual_register()
    register = Register((*usual.acts, *map(known_act, options.acts))) if options.acts else usual
    for citation in dossier.edition.cited_acts:
        found = register.mistake(citation)
        if found:
            message = phrase("назван акт «{raw}», а «{title}» — это № {number} от {date}", raw=citation.raw,
                             title=found.act.title, number=found.act.number, date=f"{found.act.date:%d.%m.%Y}")  # fmt: skip
            yield Remark(
                message=message, address=Address(part=citation.part), place=citation.place, raw=citation.raw, certain=found.certain
            )
