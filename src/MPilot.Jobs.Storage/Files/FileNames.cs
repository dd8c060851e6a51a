using System.Buffers;
using System.Globalization;

namespace MPilot.Jobs.Storage.Files;

/// <summary>Where bytes lie under the root: committed ones in <c>objects/{shard}/{id}</c>, unfinished ones in <c>tmp/</c>.</summary>
internal sealed class FileNames(string root)
{
    private const int LongestId = 80;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    public string Root { get; } = Path.GetFullPath(root);

    public string Objects => Path.Join(Root, "objects");

    public string Unfinished => Path.Join(Root, "tmp");

    /// <summary>Whether a name can be an artifact's. Nothing else ever becomes a part of a path.</summary>
    public static bool IsId(string id) => id.Length is >= 1 and <= LongestId && !id.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>Where among others an id belongs, by its end: the beginning is a time, and would send all new bytes to one place.</summary>
    /// <exception cref="ArgumentException">It is no artifact's id.</exception>
    public static string ShardOf(string id)
        => IsId(id) ? id.Length < 2 ? $"_{id}" : id[^2..] : throw new ArgumentException("Not an artifact's id.", nameof(id));

    /// <summary>The folder of an artifact.</summary>
    /// <inheritdoc cref="ShardOf"/>
    public string FolderOf(string id) => Path.Join(Objects, ShardOf(id));

    /// <inheritdoc cref="FolderOf"/>
    public string PathOf(string id) => Path.Join(FolderOf(id), id);

    /// <summary>A name for bytes in the making: says whose and since when, and is no other writer's.</summary>
    public static string UnfinishedName(string id, DateTimeOffset startedAt, string writer)
        => string.Create(CultureInfo.InvariantCulture, $"{id}.{startedAt.ToUnixTimeMilliseconds()}.{writer}");

    /// <summary>When the writer of such a name started, or <c>null</c> for a name of another make.</summary>
    public static DateTimeOffset? StartOf(string unfinishedName)
        => unfinishedName.Split('.') is [_, var at, _] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var started)
            ? DateTimeOffset.FromUnixTimeMilliseconds(started)
            : null;
}
