"""What the things of two editions are called: an address tells where, a name tells what."""

from schemas.address import Address
from schemas.change import Change, Comparison
from schemas.edition import Edition


class Names:
    """What the tasks, activities and indicators of two editions are called, asked by address."""

    def __init__(self, comparison: Comparison) -> None:
        self._new, self._old = _names(comparison.new), _names(comparison.old)

    def of(self, change: Change) -> str:
        """The name of the thing in which the change stands, as it is now, else as it was."""
        for address, names in ((change.address_new, self._new), (change.address_old, self._old)):
            if address is not None:
                return names.get(_thing(address), "")
        return ""

    def at(self, address: Address, is_new: bool) -> str:
        """The name of the thing at the address of one of the two editions."""
        return (self._new if is_new else self._old).get(_thing(address), "")


def _names(edition: Edition) -> dict[Address, str]:
    names = [name for task in edition.tasks for name in (*(activity.name for activity in task.activities), task.name)]
    addresses = [address for address, _ in edition.blocks() if address.task is not None]
    found = dict(zip(addresses, names, strict=True))
    found |= {address: indicator.name for address, indicator in edition.indicator_addresses()}
    return found | {address: indicator.name for address, indicator in edition.passport_indicator_addresses()}


def _thing(address: Address) -> Address:
    return address.at(year=None, column=None, source=None)
