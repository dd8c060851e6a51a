using MPilot.Jobs.Storage.Tests.Conformance;

namespace MPilot.Jobs.Storage.Tests.Postgres;

[Collection(PostgresCollection.Name)]
public sealed class PostgresDeliveriesTests : DeliveryConformance
{
    private PostgresStore? _store;

    protected override async Task<StorePorts> OpenAsync() => (_store = await PostgresStore.OpenAsync()).Ports;

    protected override async Task CloseAsync() => await _store!.DisposeAsync();
}
