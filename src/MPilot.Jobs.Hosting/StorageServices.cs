using System.Security.Cryptography;

using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Embedded;
using MPilot.Jobs.Engine.Files;
using MPilot.Jobs.Engine.Ledger;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Hosting.Configuration;
using MPilot.Jobs.Storage.Files;
using MPilot.Jobs.Storage.Postgres;
using MPilot.Jobs.Storage.Sqlite;

namespace MPilot.Jobs.Hosting;

/// <summary>Which store and which artifacts.</summary>
internal static class StorageServices
{
    /// <summary>Opens the configured store and adds it with everything kept in it.</summary>
    public static async Task AddStorageAsync(
        this IServiceCollection services, MPilotOptions options, JobsInstruments instruments, CancellationToken cancellationToken)
    {
        var keys = options.Store.Kind == StoreValidator.Postgres
            ? await services.AddPostgresAsync(options.Store, instruments, cancellationToken)
            : await services.AddSqliteAsync(options, instruments, cancellationToken);
        services.AddSingleton(await LinksAsync(keys, TimeProvider.System, cancellationToken));
        var folder = options.Artifacts.Path ?? Path.Combine(options.Data, "artifacts");
        services.AddSingleton<IArtifactStore>(
            provider => new MeasuredArtifacts(
                new FileArtifactStore(folder, options.Artifacts.MinFreeBytes, provider.GetRequiredService<TimeProvider>()), instruments));
    }

    private static async Task<ISigningKeys> AddSqliteAsync(
        this IServiceCollection services, MPilotOptions options, JobsInstruments instruments, CancellationToken cancellationToken)
    {
        var database = new SqliteDatabase(options.Store.Path ?? Path.Combine(options.Data, "jobs.db")) { Instruments = instruments };
        services.AddSingleton(_ => database);
        await database.OpenAsync(cancellationToken);
        services.AddSingleton<IJobStore, SqliteJobStore>();
        services.AddSingleton<IOutbox, SqliteOutbox>();
        services.AddSingleton<INodes, SqliteNodes>();
        services.AddSingleton<IArtifactLedger, SqliteArtifactLedger>();
        services.AddSingleton<IFileStore, SqliteFileStore>();
        services.AddSingleton<IPurchaseLedger, SqlitePurchaseLedger>();
        services.AddSingleton<IWebhookEndpoints, SqliteWebhookEndpoints>();
        services.AddSingleton<IDeliveries, SqliteDeliveries>();
        return new SqliteSigningKeys(database);
    }

    /// <summary>An engine that holds the data directory is alone by design, so it holds the database too, before anything in it is touched.</summary>
    private static async Task<ISigningKeys> AddPostgresAsync(
        this IServiceCollection services, StoreOptions options, JobsInstruments instruments, CancellationToken cancellationToken)
    {
        var database = new PostgresDatabase(options.ConnectionString!) { Instruments = instruments };
        services.AddSingleton(_ => database);
        if (services.Any(s => s.ServiceType == typeof(DataDirectoryLock)))
        {
            var ownership = await PostgresOwnership.TakeAsync(database, cancellationToken);
            services.AddSingleton(_ => ownership);
            services.AddHostedService<PostgresOwnershipService>();
        }

        await database.OpenAsync(cancellationToken);
        services.AddSingleton<IJobStore, PostgresJobStore>();
        services.AddSingleton<IOutbox, PostgresOutbox>();
        services.AddSingleton<INodes, PostgresNodes>();
        services.AddSingleton<IArtifactLedger, PostgresArtifactLedger>();
        services.AddSingleton<IFileStore, PostgresFileStore>();
        services.AddSingleton<IPurchaseLedger, PostgresPurchaseLedger>();
        services.AddSingleton<IWebhookEndpoints, PostgresWebhookEndpoints>();
        services.AddSingleton<IDeliveries, PostgresDeliveries>();
        return new PostgresSigningKeys(database);
    }

    private static async Task<ArtifactLinks> LinksAsync(ISigningKeys keys, TimeProvider time, CancellationToken cancellationToken)
    {
        var candidate = new SigningKey(new Ids(time).NewSigningKey(), RandomNumberGenerator.GetBytes(32), time.GetUtcNow());
        return new(await keys.EnsureAsync(candidate, cancellationToken));
    }
}
