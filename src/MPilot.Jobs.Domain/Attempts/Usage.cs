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

    private static long? Sum(long? left, long? right) => left is null ? right : right is null ? left : left + right;
}
