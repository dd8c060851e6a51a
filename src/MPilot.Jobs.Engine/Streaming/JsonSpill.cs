using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Engine.Streaming;

/// <summary>
/// Reads JSON of any size without holding its pictures: every string longer than <see cref="LongString"/> is base64-decoded into an
/// upload as it streams by and leaves a marker; what is left becomes a document. Memory is bounded whatever the body.
/// </summary>
public static class JsonSpill
{
    /// <summary>Strings longer than this are spilled. 16 kB, as they are on the wire.</summary>
    public const int LongString = 16 << 10;

    /// <summary>Longest answer without its long strings. 1 MB.</summary>
    public const int MaxResidue = 1 << 20;

    /// <summary>Largest picture, decoded. 64 MB.</summary>
    public const long MaxPicture = 64L << 20;

    /// <summary>Longest answer. 256 MB.</summary>
    public const long MaxAnswer = 256L << 20;

    /// <summary>Most long strings in an answer. 64.</summary>
    public const int MaxPictures = 64;

    /// <summary>Reads a provider's answer to its end.</summary>
    /// <param name="answer">The answer's body; read once, not disposed.</param>
    /// <param name="begin">Starts an upload. What it throws, and what the uploads throw, passes through.</param>
    /// <param name="cancellationToken">Gives up; every upload is disposed.</param>
    public static async Task<SpillOutcome> ReadAsync(
        Stream answer, Func<CancellationToken, ValueTask<PictureUpload>> begin, CancellationToken cancellationToken)
    {
        var outcome = await ReadAsync(answer, new SpillRules((_, token) => begin(token)), cancellationToken);
        return outcome is SpillOutcome.Flawed flawed ? new SpillOutcome.Broken(Reason(flawed.Flaw)) : outcome;
    }

    /// <summary>Reads any body to its end.</summary>
    /// <param name="body">Read once, not disposed.</param>
    /// <param name="rules">What is a picture, and how much is taken.</param>
    /// <param name="cancellationToken">Gives up; every upload is disposed.</param>
    public static async Task<SpillOutcome> ReadAsync(Stream body, SpillRules rules, CancellationToken cancellationToken)
    {
        var scan = new SpillScan(rules);
        try
        {
            return await scan.ReadAsync(body, cancellationToken);
        }
        finally
        {
            await scan.DisposeAsync();
        }
    }

    private static string Reason(SpillFlaw flaw) => flaw switch
    {
        SpillFlaw.TooLong => "The answer is longer than 256 MB.",
        SpillFlaw.TooManyPictures => "The answer holds too many long strings.",
        SpillFlaw.ResidueTooLong => "The answer without its pictures is longer than 1 MB.",
        SpillFlaw.PictureTooLarge => "A picture of the answer is larger than 64 MB.",
        SpillFlaw.NotUnicode => "The answer is not valid Unicode.",
        _ => "The answer is not valid JSON.",
    };
}
