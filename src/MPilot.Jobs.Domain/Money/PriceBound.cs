using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Domain.Money;

/// <summary>The most that calls can cost, told before they are sent. Pure.</summary>
public static class PriceBound
{
    /// <summary>Text tokens that a driver may write around a prompt. 1,000.</summary>
    public const int TokensAroundPrompt = 1_000;

    private const decimal Million = 1_000_000;

    /// <summary>An upper bound of one call, or <c>null</c> where there is none: no price, or a term whose amount nothing limits.</summary>
    /// <param name="row">The prices of the call's model; <c>null</c> where nobody knows them.</param>
    /// <param name="call">What would be sent.</param>
    public static Cost? Of(PriceRow? row, CallFacts call)
    {
        if (row is null || row.IsFree)
        {
            return row?.Exactly(0);
        }

        var picture = Image(row, call) + Term(row.Megapixel, Megapixels(row, call)) + Term(row.InferenceStep, call.InferenceSteps ?? row.Limits.InferenceSteps);
        var sum = (row.Call ?? 0) + Tokens(row, call) + (picture * call.Pictures) + Term(row.Second, Seconds(call));
        return sum is { } amount ? row.Exactly(amount) : null;
    }

    /// <summary>The same of all calls that a step makes for an edit if none has to be made again.</summary>
    /// <param name="row">The prices of the step's model; <c>null</c> where nobody knows them.</param>
    /// <param name="sent">The edit as the step sends it.</param>
    /// <param name="picturesPerCall">How many pictures one call asks for.</param>
    /// <param name="timeout">The longest one call may take.</param>
    public static Cost? Of(PriceRow? row, EditSpec sent, int picturesPerCall, TimeSpan timeout)
    {
        Cost? sum = Cost.Nothing;
        for (var left = sent.Count; left > 0; left -= picturesPerCall)
        {
            var call = CallFacts.Of(sent, Math.Min(left, picturesPerCall)) with { Timeout = timeout };
            sum = sum is not null && Of(row, call) is { } bound ? sum + bound : null;
        }

        return sum;
    }

    /// <summary>A token is at least a byte long.</summary>
    private static decimal? Tokens(PriceRow row, CallFacts call)
    {
        var limits = row.Limits;
        return (Term(row.Input.Text, call.PromptBytes + TokensAroundPrompt)
            + Term(row.Input.Image, limits.InputImageTokens * call.Inputs)
            + Term(row.Output.Image, limits.OutputImageTokens * call.Pictures)
            + Term(row.Output.Text, limits.OutputTextTokens)) / Million;
    }

    private static decimal? Image(PriceRow row, CallFacts call)
        => row.Images.IsEmpty ? 0 : ImageQuote.Of(row.Images, call.Size, call.Quality).Most;

    private static decimal? Megapixels(PriceRow row, CallFacts call) => call.Size?.Pixels / Million ?? row.Limits.Megapixels;

    private static decimal? Seconds(CallFacts call) => (decimal?)call.Timeout?.Ticks / TimeSpan.TicksPerSecond;

    private static decimal? Term(decimal? price, decimal? count) => price is null or 0 ? 0 : price * count;
}
