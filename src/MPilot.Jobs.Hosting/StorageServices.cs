using System.Security.Cryptography;

using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Buckets;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Files;
using MPilot.Jobs.Engine.Ledger;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Hosting.Configuration;
using MPilot.Jobs.Notifications.Bus;
using MPilot.Jobs.Storage.AzureBlob;
using MPilot.Jobs.Storage.Files;
using MPilot.Jobs.Storage.Postgres;
using MPilot.Jobs.Storage.Sqlite;

namespace MPilot.Jobs.Hosting;

/// <summary>Which store and which artifacts.</summary>
internal static class StorageServices
{
    /// <summary>Opens the configured store and adds it with everything kept in it.</summary>
    public static async Task AddStorageAsync(
        this IServiceCollection services, MPilotOptions options, bool isAlone, JobsInstruments instruments, CancellationToken cancellationToken)
    {
        var keys = options.Store.Kind == StoreValidator.Postgres
            ? await services.AddPostgresAsync(options, isAlone, instruments, cancellationToken)
            : await services.AddSqliteAsync(options, instruments, cancellationToken);
        services.AddSingleton(await LinksAsync(keys, TimeProvider.System, cancellationToken));
        if (options.Artifacts.Kind == ArtifactsValidator.AzureBlob)
        {
            await services.AddAzureBlobAsync(options, instruments, cancellationToken);
        }
        else
        {
            services.AddArtifacts(time => new FileArtifactStore(FolderOf(options), options.Artifacts.MinFreeBytes, time), instruments);
        }
    }

    private static string FolderOf(MPilotOptions options) => options.Artifacts.Path ?? Path.Combine(options.Data, "artifacts");

    private static void AddArtifacts(this IServiceCollection services, Func<TimeProvider, IArtifactStore> store, JobsInstruments instruments)
        => services.AddSingleton<IArtifactStore>(provider => new MeasuredArtifacts(store(provider.GetRequiredService<TimeProvider>()), instruments));

    private static async Task AddAzureBlobAsync(
        this IServiceCollection services, MPilotOptions options, JobsInstruments instruments, CancellationToken cancellationToken)
    {
        var artifacts = options.Artifacts;
        var container = artifacts.ServiceUri is { } service
            ? BlobContainer.Of(service, artifacts.Container)
            : BlobContainer.Of(artifacts.ConnectionString!, artifacts.Container);
        services.AddSingleton(_ => container);
        await container.OpenAsync(cancellationToken);
        services.AddArtifacts(time => new BlobArtifactStore(container, FolderOf(options), artifacts.MinFreeBytes, time), instruments);
        if (artifacts.Links == ArtifactsValidator.SasLinks)
        {
            services.AddSingleton<IDirectLinks, BlobLinks>();
        }
    }

    private static async Task<ISigningKeys> AddSqliteAsync(
        this IServiceCollection services, MPilotOptions options, JobsInstruments instruments, CancellationToken cancellationToken)
    {
        var database = new SqliteDatabase(options.Store.Path ?? Path.Combine(options.Data, "jobs.db")) { Instruments = instruments };
        services.AddSingleton(_ => database);
        await database.OpenAsync(cancellationToken);
        services.AddSingleton<IJobStore, SqliteJobStore>();
        services.AddSingleton<ITenantEvents, SqliteTenantEvents>();
        services.AddSingleton<IOutbox, SqliteOutbox>();
        services.AddSingleton<INodes, SqliteNodes>();
        services.AddSingleton<IGateEpochs, SqliteGateEpochs>();
        services.AddSingleton<IArtifactLedger, SqliteArtifactLedger>();
        services.AddSingleton<IFileStore, SqliteFileStore>();
        services.AddSingleton<IPurchaseLedger, SqlitePurchaseLedger>();
        services.AddSingleton<IWebhookEndpoints, SqliteWebhookEndpoints>();
        services.AddSingleton<IDeliveries, SqliteDeliveries>();
        services.AddSingleton<IBucketPuts, SqliteBucketPuts>();
        return new SqliteSigningKeys(database);
    }

    /// <summary>An engine that is alone holds the database before anything in it is touched; nodes of a cluster share it, and keep such an engine out.</summary>
    private static async Task<ISigningKeys> AddPostgresAsync(
        this IServiceCollection services, MPilotOptions options, bool isAlone, JobsInstruments instruments, CancellationToken cancellationToken)
    {
        var database = new PostgresDatabase(options.Store.ConnectionString!) { Instruments = instruments };
        services.AddSingleton(_ => database);
        var ownership = await PostgresOwnership.TakeAsync(database, isAlone, cancellationToken);
        services.AddSingleton(_ => ownership);
        _ = isAlone ? services.AddHostedService<PostgresOwnershipService>() : services.AddHostedService<PostgresShareService>();
        if (!isAlone && options.Bus.Kind != EventBus.RabbitMq)
        {
            // Else the bus carries the hints: NOTIFY is a queue that all writers of the server share.
            services.AddSingleton<PostgresHints>();
            services.AddSingleton<IStoreHints>(provider => provider.GetRequiredService<PostgresHints>());
            services.AddHostedService(provider => provider.GetRequiredService<PostgresHints>());
        }

        await database.OpenAsync(cancellationToken);
        services.AddSingleton<IJobStore, PostgresJobStore>();
        services.AddSingleton<ITenantEvents, PostgresTenantEvents>();
        services.AddSingleton<IOutbox, PostgresOutbox>();
        services.AddSingleton<INodes, PostgresNodes>();
        services.AddSingleton<IGateEpochs, PostgresGateEpochs>();
        services.AddSingleton<IArtifactLedger, PostgresArtifactLedger>();
        services.AddSingleton<IFileStore, PostgresFileStore>();
        services.AddSingleton<IPurchaseLedger, PostgresPurchaseLedger>();
        services.AddSingleton<IWebhookEndpoints, PostgresWebhookEndpoints>();
        services.AddSingleton<IDeliveries, PostgresDeliveries>();
        services.AddSingleton<IBucketPuts, PostgresBucketPuts>();
        return new PostgresSigningKeys(database);
    }

    private static async Task<ArtifactLinks> LinksAsync(ISigningKeys keys, TimeProvider time, CancellationToken cancellationToken)
    {
        var candidate = new SigningKey(new Ids(time).NewSigningKey(), RandomNumberGenerator.GetBytes(32), time.GetUtcNow());
        return new(await keys.EnsureAsync(candidate, cancellationToken));
    }
}
