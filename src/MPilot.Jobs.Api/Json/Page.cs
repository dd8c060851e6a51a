namespace MPilot.Jobs.Api.Json;

/// <summary>Makes pages of what was found.</summary>
internal static class Page
{
    /// <summary>A page of what was asked for with one more than its limit: that one tells whether there are more.</summary>
    public static PageBody<T> Of<TFound, T>(IReadOnlyList<TFound> found, int limit, Func<TFound, T> present, Func<T, string> idOf)
        => Of([.. found.Take(limit).Select(present)], idOf, found.Count > limit);

    public static PageBody<T> Of<T>(IReadOnlyList<T> page, Func<T, string> idOf, bool hasMore)
        => page is [var first, ..] ? new(page, idOf(first), idOf(page[^1]), hasMore) : new(page, null, null, hasMore);
}
