using System.Net.Sockets;

using MPilot.Jobs.Engine.Store;

using Npgsql;

namespace MPilot.Jobs.Storage.Postgres;

/// <summary>What an error of PostgreSQL means to those who call the store.</summary>
internal static class PostgresErrors
{
    /// <summary>Of two that inserted the same row.</summary>
    public const string UniqueViolation = PostgresErrorCodes.UniqueViolation;

    /// <summary>
    /// Classes and codes of what the surroundings do: connections, resources, an operator, the system, a conflict with other transactions, a server
    /// that only reads.
    /// </summary>
    private static readonly string[] Surroundings = ["08", "40", "53", "57", "58", "55006", "55P03", "25006", "25P03"];

    /// <summary>Whether it is the surroundings' and may pass; errors of ours stay what they are.</summary>
    public static bool MayPass(Exception error) => error switch
    {
        PostgresException said => Surroundings.Any(s => said.SqlState.StartsWith(s, StringComparison.Ordinal)),
        _ => error is NpgsqlException or IOException or SocketException or TimeoutException or ObjectDisposedException,
    };

    /// <summary>The same, for opening: there the surroundings are all there is, such as a wrong password or a missing database.</summary>
    public static bool MayPassAtOpening(Exception error) => error is PostgresException || MayPass(error);

    /// <summary>What the server and the driver say of the surroundings names hosts and users, never values or passwords.</summary>
    public static StoreUnavailableException Unavailable(Exception error) => new($"The database could not carry out a call ({Reason(error)}).", error);

    private static string Reason(Exception error)
        => error is PostgresException said ? $"PostgreSQL error {said.SqlState}: {said.MessageText}" : error.Message.TrimEnd('.');
}
