"""A row of appendix 2, its cells by role."""

import regex

from extractors import values
from extractors.columns import Columns
from extractors.labels import Labels
from schemas.amount import Amount
from schemas.blocks import Cell, Table
from schemas.place import Place

NOT_DUE = regex.compile(r"\s*[хХxX\-–—]\s*")  # a sign that nothing is meant to stand here
_LETTER = regex.compile(r"\p{L}")


class Row:
    """A row of the table, its cells by role. Only cells that begin in this row are its own."""

    def __init__(self, table: Table, index: int, cols: Columns) -> None:
        self.table, self.index, self.cols = table, index, cols
        self.slots = table.grid[index]
        self.own = [cell for column, cell in enumerate(self.slots) if cell.row == index and cell.column == column]
        self.cells: dict[int, Cell] = {}
        for column, first, end in cols.reach:
            cell = self.slots[column]
            if cell.row == index and first <= cell.column and cell.column + cell.column_span <= end:
                self.cells[column] = cell
        if cols.yearly:
            self._put_in_order()
        no_labels = {self.cells[column].column for column in cols.values if column in self.cells}
        self.labelled = [cell for cell in self.own if cell.text and cell.column not in no_labels]
        self.taken: set[int] = set()
        self.year_cell: Cell | None = None

    def _put_in_order(self) -> None:
        """Where the rows of a table drift from its header: the last cells are those of the years, one by one.

        A conversion measures each row by its own widths: «краевой бюджет» then covers the column headed «Всего».
        """
        columns = [column for column, _, _ in self.cols.yearly]
        missing = [column for column in columns if column not in self.cells]
        if not missing or missing == columns or max(self.cols.roles.values()) > columns[0]:
            return
        last = self.own[-len(columns) :]
        if len(self.own) > len(columns) and last[0].column >= columns[0] and values.number(last[0].text)[0] is not None:
            before = self.own[-len(columns) - 1]
            if before.column < columns[0] < before.column + before.column_span:
                self.cells |= dict(zip(columns, last, strict=True))

    def take(self, cell: Cell | None) -> None:
        """Tell that a cell was understood, or told of."""
        if cell is not None:
            self.taken.add(cell.column)

    def take_money(self) -> None:
        """Tell that the row's year and its money were understood."""
        cells = self.cells
        self.taken.update(cells[column].column for _, column in self.cols.money if column in cells)
        self.taken.update(cells[column].column for column, _, _ in self.cols.yearly if column in cells)
        self.take(self.year_cell)

    def rest(self) -> list[Cell]:
        """The cells that hold something and were not understood (a column without a role is told of as a whole)."""
        open_ = [cell for cell in self.own if cell.text and cell.column not in self.taken and not NOT_DUE.fullmatch(cell.text)]
        if not open_:
            return []
        known = (*self.cols.roles.values(), *(column for column, _, _ in self.cols.yearly))
        told = {cell.text for cell in self.own if cell.column in self.taken}
        left = [cell for cell in open_ if any(cell.column <= column < cell.column + cell.column_span for column in known)]
        return [cell for cell in left if not (_LETTER.search(cell.text) and cell.text in told)]  # a heading torn in two

    def cell(self, role: str) -> Cell | None:
        """The row's own cell in the column of this role, and in no other."""
        return self.cells.get(self.cols.roles.get(role, -1))

    def text(self, role: str) -> str:
        """The text of that cell, "" where there is none."""
        cell = self.cell(role)
        return cell.text if cell is not None else ""

    @property
    def is_blank(self) -> bool:
        return not any(cell.text for cell in self.own)

    @property
    def lead(self) -> Cell | None:
        """The row's own cell that names it: over the name column, else the first that holds letters and is no value."""
        name = self.slots[self.cols.roles["name"]]
        lettered = [cell for cell in self.labelled if _LETTER.search(cell.text)]
        return name if name in lettered else next(iter(lettered), None)

    def number(self, apart_from: Cell | None = None) -> str | None:
        """The row's number, if its number cell holds one."""
        cell = self.cell("number")
        return values.list_number(self.text("number")) if cell is not None and cell is not apart_from else None

    def year(self, labels: Labels) -> str | None:
        """The year that the row is for, or "total" in the row ВСЕГО; remembers where it stands.

        Of several («ИТОГО | ВСЕГО») it is the one in the column of terms, else the last.
        """
        term = self.cell("term")
        first = [term] if term is not None and term.text else []
        for cell in [*first, *reversed(self.labelled)]:
            if self._is_number_cell(cell):
                continue
            year = values.year(cell.text) or ("total" if labels.family("rows", cell.text) == "total" else None)
            if year:
                self.year_cell = cell
                return year
        return None

    def _is_number_cell(self, cell: Cell) -> bool:
        """A cell of the number column alone; «2021» in it is no year. A label «ИТОГО» that spans further is none."""
        return cell is self.cell("number")

    @property
    def opens_activity(self) -> bool:
        """A name of its own stands in the name column, and a number or a term beside it."""
        name = self.cell("name")
        return name is not None and bool(name.text) and bool(self.number() or self.text("term"))

    @property
    def has_money(self) -> bool:
        return any(cell.text for _, column in self.cols.money if (cell := self.cells.get(column)))

    @property
    def has_total(self) -> bool:
        return values.number(self.text("total"))[0] is not None

    def amounts(self, numbers: dict[str, values.Number]) -> dict[str, Amount]:
        """An amount for each money column of the table, blank where the row has no cell of its own.

        `numbers` remembers what was read of a text before.
        """
        found: dict[str, Amount] = {}
        for name, column in self.cols.money:
            cell = self.cells.get(column)
            if cell is not None:
                found[name] = self.amount(cell, numbers)
            else:
                found[name] = Amount("", None, (), Place(table=self.table.index, row=self.index, column=column))
        return found

    def amount(self, cell: Cell, numbers: dict[str, values.Number]) -> Amount:
        """The amount that a cell holds; `numbers` remembers what was read of a text before."""
        raw = cell.text
        if raw not in numbers:
            numbers[raw] = values.number(raw)
        value, marks = numbers[raw]
        return Amount(raw, value, marks, self.table.place(cell))
