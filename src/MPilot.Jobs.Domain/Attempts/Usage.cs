namespace MPilot.Jobs.Domain.Attempts;

/// <summary>Tokens a provider counted for a call. A count the provider did not give is <c>null</c>.</summary>
public sealed record Usage(
    long? InputTokens,
    long? InputImageTokens,
    long? InputTextTokens,
    long? OutputTokens,
    long? OutputImageTokens,
    long? OutputTextTokens,
    long? TotalTokens)
{
    /// <summary>Sums two usages; a count missing on one side is taken from the other.</summary>
    public static Usage? operator +(Usage? left, Usage? right)
        => left is null ? right : right is null ? left : new(
            Sum(left.InputTokens, right.InputTokens),
            Sum(left.InputImageTokens, right.InputImageTokens),
            Sum(left.InputTextTokens, right.InputTextTokens),
            Sum(left.OutputTokens, right.OutputTokens),
            Sum(left.OutputImageTokens, right.OutputImageTokens),
            Sum(left.OutputTextTokens, right.OutputTextTokens),
            Sum(left.TotalTokens, right.TotalTokens));

    /// <summary>One of several equal shares; what does not divide falls to the first ones, so that the shares sum up to the whole.</summary>
    /// <param name="share">From 0.</param>
    /// <param name="of">How many shares, at least 1.</param>
    public Usage Share(int share, int of)
    {
        return new(
            Part(InputTokens), Part(InputImageTokens), Part(InputTextTokens), Part(OutputTokens), Part(OutputImageTokens), Part(OutputTextTokens), Part(TotalTokens));

        long? Part(long? whole) => whole is { } count ? (count / of) + (share < count % of ? 1 : 0) : null;
    }

    private static long? Sum(long? left, long? right) => left is null ? right : right is null ? left : left + right;
}
