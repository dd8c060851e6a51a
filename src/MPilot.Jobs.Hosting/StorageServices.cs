using System.Security.Cryptography;

using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Files;
using MPilot.Jobs.Engine.Ledger;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Storage.Files;
using MPilot.Jobs.Storage.Sqlite;

namespace MPilot.Jobs.Hosting;

/// <summary>Which store and which artifacts.</summary>
internal static class StorageServices
{
    /// <summary>Opens the configured store and adds it with everything kept in it.</summary>
    public static async Task AddStorageAsync(
        this IServiceCollection services, MPilotOptions options, JobsInstruments instruments, CancellationToken cancellationToken)
    {
        var database = new SqliteDatabase(options.Store.Path ?? Path.Combine(options.Data, "jobs.db")) { Instruments = instruments };
        services.AddSingleton(_ => database);
        await database.OpenAsync(cancellationToken);
        services.AddSingleton<IJobStore, SqliteJobStore>();
        services.AddSingleton<IOutbox, SqliteOutbox>();
        services.AddSingleton<INodes, SqliteNodes>();
        services.AddSingleton<IGateEpochs, SqliteGateEpochs>();
        services.AddSingleton<IArtifactLedger, SqliteArtifactLedger>();
        services.AddSingleton<IFileStore, SqliteFileStore>();
        services.AddSingleton<IPurchaseLedger, SqlitePurchaseLedger>();
        services.AddSingleton(await LinksAsync(new SqliteSigningKeys(database), TimeProvider.System, cancellationToken));
        var folder = options.Artifacts.Path ?? Path.Combine(options.Data, "artifacts");
        services.AddSingleton<IArtifactStore>(
            provider => new MeasuredArtifacts(
                new FileArtifactStore(folder, options.Artifacts.MinFreeBytes, provider.GetRequiredService<TimeProvider>()), instruments));
    }

    private static async Task<ArtifactLinks> LinksAsync(ISigningKeys keys, TimeProvider time, CancellationToken cancellationToken)
    {
        var candidate = new SigningKey(new Ids(time).NewSigningKey(), RandomNumberGenerator.GetBytes(32), time.GetUtcNow());
        return new(await keys.EnsureAsync(candidate, cancellationToken));
    }
}
