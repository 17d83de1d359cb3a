"""Corrections by hand: a TOML file in which a person says how an instruction is to be read that the machine left open.

[[correction]]
act = { date = 2024-02-15, number = "77" }     # the amending act
item = "1.2"                                   # the instruction's number
text = "строку Цель"                           # how it begins, if the item holds several
wording = "строку «Цель» паспорта исключить"   # the same in clear words; or: nothing = true
author = "И.И. Иванова"
date = 2024-03-01
reason = "в акте пропущены кавычки"
"""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

from pipeline.settings import WHY_WORDS, BadSettings
from schemas.amendment import Correction

CORRECTION_WORDS = {
    "list": "нужен список [[correction]]",
    "missing": "не сказано, чьё это решение, когда и почему принято, какого акта и пункта",
    "either": "нужно одно из двух: wording или nothing = true",
    "act": 'акт записывается так: { date = 2024-02-15, number = "77" }',
}
_REQUIRED = ("item", "author", "date", "reason", "act")
_KNOWN = {*_REQUIRED, "text", "wording", "nothing"}


def corrections(path: str | None) -> tuple[Correction, ...]:
    """The corrections in the file, in order; none without a file. Raises BadSettings."""
    if not path:
        return ()
    try:
        stated = tomllib.loads(Path(path).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, ValueError) as problem:
        kind = "toml" if isinstance(problem, tomllib.TOMLDecodeError) else "file"
        raise BadSettings(path, "", WHY_WORDS[kind]) from None
    given = stated.get("correction")
    if set(stated) - {"correction"} or not isinstance(given, list):
        raise BadSettings(path, "", CORRECTION_WORDS["list"])
    return tuple(_correction(path, number, table) for number, table in enumerate(given, 1))


def _correction(path: str, number: int, table: Any) -> Correction:
    key = f"correction {number}"
    if not isinstance(table, dict):
        raise BadSettings(path, key, CORRECTION_WORDS["list"])
    unknown = sorted(set(table) - _KNOWN)
    if unknown:
        raise BadSettings(path, f"{key}: {unknown[0]}", WHY_WORDS["unknown"])
    if not all(table.get(name) for name in _REQUIRED):
        raise BadSettings(path, key, CORRECTION_WORDS["missing"])
    if bool(table.get("wording")) == (table.get("nothing") is True):
        raise BadSettings(path, key, CORRECTION_WORDS["either"])
    act = table["act"]
    if not isinstance(act, dict) or set(act) != {"date", "number"} or not isinstance(act["date"], dt.date):
        raise BadSettings(path, f"{key}: act", CORRECTION_WORDS["act"])
    return Correction(
        act_date=act["date"].isoformat(), act_number=str(act["number"]), item=str(table["item"]), text=table.get("text"),
        wording=table.get("wording"), author=str(table["author"]), date=str(table["date"]), reason=str(table["reason"]),
    )  # fmt: skip
