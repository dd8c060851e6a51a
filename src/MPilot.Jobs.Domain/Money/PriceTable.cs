using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;

namespace MPilot.Jobs.Domain.Money;

/// <summary>What attempts cost, by the row that prices their model. Pure.</summary>
public static class PriceTable
{
    private const decimal Million = 1_000_000;

    /// <summary>What an attempt cost that was sent and has ended.</summary>
    /// <param name="row">The prices of its model; <c>null</c> where nobody knows them.</param>
    /// <param name="attempt">How it went.</param>
    public static Cost Of(PriceRow? row, AttemptFacts attempt) => attempt.Outcome switch
    {
        AttemptOutcome.Failed failed when IsRefusedUnbought(failed.Failure) => row?.Exactly(0) ?? Cost.Nothing,
        _ when row is null => Cost.Unknown,
        _ when row.IsFree => row.Exactly(0),
        AttemptOutcome.Succeeded succeeded => Sum(row, succeeded, attempt),
        _ => row.AtLeast(0),
    };

    /// <summary>
    /// Whether a failure says that the provider gave up before it did what it charges for: an error it answered, or one before the first byte left.
    /// A gateway that answers in its place knows nothing of that, and after a success has begun it may have been charged.
    /// </summary>
    private static bool IsRefusedUnbought(AttemptFailure failure) => failure.Kind switch
    {
        FailureKind.TimedOut or FailureKind.Lost or FailureKind.Broken or FailureKind.Canceled or FailureKind.DeadlineExceeded => false,
        FailureKind.Refused when failure.StatusCode is null => false,
        _ => failure.StatusCode is null or (>= 400 and not (502 or 504 or 520 or 524)),
    };

    private static Cost Sum(PriceRow row, AttemptOutcome.Succeeded outcome, AttemptFacts attempt)
        => row.Exactly(row.Call ?? 0) + Tokens(row, outcome.Usage) + Pictures(row, outcome, attempt.Call) + Seconds(row, attempt.Duration);

    private static Cost Tokens(PriceRow row, Usage? usage)
        => row.CountsTokens ? Tokens(row, row.Input, TokenCounts.In(usage)) + Tokens(row, row.Output, TokenCounts.Out(usage)) : row.Exactly(0);

    private static Cost Tokens(PriceRow row, TokenPrices prices, TokenCounts counts)
    {
        // One price for all needs no telling apart.
        if (prices.Text == prices.Image)
        {
            return Tokens(row, prices.Text, counts.All);
        }

        var told = Tokens(row, prices.Text, counts.Text) + Tokens(row, prices.Image, counts.Image);
        return counts.IsComplete ? told : told with { Known = false };
    }

    private static Cost Tokens(PriceRow row, decimal? price, decimal? count)
        => count == 0 || price == 0 ? row.Exactly(0) : price * count / Million is { } amount ? row.Exactly(amount) : row.AtLeast(0);

    /// <summary>A picture that was asked for and did not come, or not usable, may have been charged.</summary>
    private static Cost Pictures(PriceRow row, AttemptOutcome.Succeeded outcome, CallFacts call)
    {
        var sum = row.Exactly(0);
        foreach (var picture in outcome.Pictures)
        {
            sum += Image(row, picture, outcome.Quality ?? call.Quality);
            sum += row.Exactly((row.Megapixel ?? 0) * Made(picture).Pixels / Million);
            sum += Steps(row, call.InferenceSteps);
        }

        var perPicture = !row.Images.IsEmpty || row.Megapixel is not null || row.InferenceStep is not null;
        return perPicture && outcome.Pictures.Length < call.Pictures ? sum with { Known = false } : sum;
    }

    private static Cost Image(PriceRow row, DeliveredPicture picture, string? quality)
    {
        if (row.Images.IsEmpty)
        {
            return row.Exactly(0);
        }

        var quote = ImageQuote.Of(row.Images, Made(picture), quality);
        return quote.Most == quote.Least ? row.Exactly(quote.Least) : row.AtLeast(quote.Least);
    }

    /// <summary>What the provider made, whatever the service made of that.</summary>
    private static PictureSize Made(DeliveredPicture picture) => picture.Made ?? picture.Facts.Stored;

    private static Cost Steps(PriceRow row, int? steps)
        => row.InferenceStep is null or 0 ? row.Exactly(0) : row.InferenceStep * steps is { } amount ? row.Exactly(amount) : row.AtLeast(0);

    private static Cost Seconds(PriceRow row, TimeSpan? duration)
        => row.Second is null or 0 ? row.Exactly(0) : row.Second * InSeconds(duration) is { } amount ? row.Exactly(amount) : row.AtLeast(0);

    private static decimal? InSeconds(TimeSpan? duration) => (decimal?)duration?.Ticks / TimeSpan.TicksPerSecond;
}
