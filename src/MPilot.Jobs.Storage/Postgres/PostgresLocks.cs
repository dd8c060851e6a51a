using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Storage.Postgres;

/// <summary>The numbers of advisory locks. All are hashes of what they stand for, so that they meet no other program's in the same database.</summary>
internal static class PostgresLocks
{
    /// <summary>Held while the database is migrated.</summary>
    public static readonly long Migrations = Of("migrations");

    /// <summary>Held by a process that uses the database alone.</summary>
    public static readonly long Alone = Of("alone");

    /// <summary>Requests alike are looked up and inserted one after the other.</summary>
    public static long Request(JobState job, Listener listener) => Of("request", job.Tenant, listener.VirtualKey, listener.Fingerprint);

    /// <summary>Shared by those that send under a gate's epoch, held alone by who opens the next.</summary>
    public static long Gate(string provider) => Of("gate", provider);

    private static long Of(params string[] parts)
        => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes("mpilot-jobs\n" + string.Join('\n', parts))));
}
