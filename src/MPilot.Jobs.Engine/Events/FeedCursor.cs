using System.Globalization;

using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Engine.Events;

/// <summary>How far a tenant's events have been read, as listeners keep it.</summary>
/// <param name="Position">Of the last event, see <see cref="TenantEvent.Position"/>.</param>
public readonly record struct FeedCursor(long Position)
{
    private const string Prefix = "cur_";
    private const int Digits = 16;

    /// <summary>Before everything that is kept.</summary>
    public static readonly FeedCursor Oldest = new(long.MinValue);

    public static bool TryParse(string text, out FeedCursor cursor)
    {
        var isCursor = long.TryParse(
            text.Length == Prefix.Length + Digits && text.StartsWith(Prefix, StringComparison.Ordinal) ? text.AsSpan(Prefix.Length) : [],
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out var position);
        cursor = new(position);
        return isCursor;
    }

    /// <summary><c>cur_</c> and 16 hexadecimal digits.</summary>
    public override string ToString() => Prefix + Position.ToString("x16", CultureInfo.InvariantCulture);
}
