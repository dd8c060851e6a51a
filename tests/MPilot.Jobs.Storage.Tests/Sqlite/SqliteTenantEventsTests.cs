using MPilot.Jobs.Storage.Tests.Conformance;

namespace MPilot.Jobs.Storage.Tests.Sqlite;

public sealed class SqliteTenantEventsTests : TenantEventsConformance
{
    private SqliteStore? _store;

    protected override async Task<StorePorts> OpenAsync() => (_store = await SqliteStore.OpenAsync()).Ports;

    protected override async Task CloseAsync() => await _store!.DisposeAsync();
}
