"""The providers that this installation has: those of the settings, and no other."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from importlib.metadata import entry_points
from types import MappingProxyType

from identity.errors import DemoInProduction, ProviderMissing
from identity.provider import ENTRY_POINTS, IdentityProvider, ProviderContext

Factory = Callable[[ProviderContext], IdentityProvider]


def load(
    names: Iterable[str],
    context: ProviderContext,
    settings_of: Callable[[str], Mapping[str, str]] = lambda _: {},
) -> Mapping[str, IdentityProvider]:
    """Make the providers that the settings name, in their order, each with its own settings.

    Raises ProviderMissing for a name that nothing installed answers to,
    DemoInProduction, and BadProviderSettings.
    """
    return MappingProxyType(
        {name: made(name, _factory(name), replace(context, settings=settings_of(name))) for name in names}
    )


def made(name: str, factory: Factory, context: ProviderContext) -> IdentityProvider:
    """Make one. Raises DemoInProduction before it could be used there."""
    provider = factory(context)
    if provider.is_demo and context.is_production:
        raise DemoInProduction(name)
    return provider


def _factory(name: str) -> Factory:
    for found in entry_points(group=ENTRY_POINTS, name=name):
        factory: Factory = found.load()
        return factory
    raise ProviderMissing(name)
