using MPilot.Jobs.Engine.Configuration;

using Npgsql;

namespace MPilot.Jobs.Silo;

/// <summary>Sees to it that the database has the tables of the cluster's membership, before anybody reads them. One node does; others wait for it.</summary>
public sealed class MembershipTables(MPilotOptions options) : IHostedLifecycleService
{
    /// <summary>What Orleans calls PostgreSQL.</summary>
    public const string Invariant = "Npgsql";

    private const string Script = "orleans-membership.sql";

    /// <summary>Any number that nobody else locks.</summary>
    private const long Lock = 0x6D70_696C_6F74_6F72;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.Cluster.Membership != "postgres")
        {
            return;
        }

        await using var connection = new NpgsqlConnection(options.Store.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using var stream = typeof(MembershipTables).Assembly.GetManifestResourceStream(Script)!;
        using var reader = new StreamReader(stream);
        var script = FormattableString.Invariant($"SELECT pg_advisory_xact_lock({Lock});\n") + await reader.ReadToEndAsync(cancellationToken);
        await using var command = new NpgsqlCommand(script, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
