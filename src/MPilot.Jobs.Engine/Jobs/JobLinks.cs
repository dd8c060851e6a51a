using System.Globalization;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Engine.Jobs;

/// <summary>Where a job, its result and its pictures are found, and until when.</summary>
public sealed class JobLinks(PublicAddress address, ArtifactLinks links, MPilotOptions options, TimeProvider time, IDirectLinks? direct = null)
{
    /// <summary>The path of a job.</summary>
    public static string PathOf(string job) => $"/v1/jobs/{job}";

    public Uri Job(string job) => address.Of(PathOf(job));

    public Uri Result(string job) => address.Of($"{PathOf(job)}/result");

    /// <summary>When a job's pictures go; <c>null</c> while it runs.</summary>
    public DateTimeOffset? ExpiryOf(JobState job) => job.ResultsUntil(options.Retention.Results);

    /// <summary>When a job's pictures go, or, while it runs, when they go at the latest.</summary>
    public DateTimeOffset LatestExpiryOf(JobState job) => ExpiryOf(job) ?? job.Deadline + (job.ResultLife ?? options.Retention.Results);

    /// <summary>Changes when links that were made before have to be made anew.</summary>
    public string SigningKey => links.SigningKey;

    public bool IsExpired(JobState job) => ExpiryOf(job) <= time.GetUtcNow();

    /// <summary>
    /// A signed link to a picture of a stream, or <c>null</c> once it has expired. It depends on the picture and on when it came, so that a stream
    /// read again says the same; it lives at most as long as the picture.
    /// </summary>
    /// <param name="picture">The picture.</param>
    /// <param name="cameAt">When it came.</param>
    /// <param name="resultLife">How long its job keeps pictures; <c>null</c> for as long as usual.</param>
    public Uri? Streamed(DeliveredPicture picture, DateTimeOffset cameAt, TimeSpan? resultLife = null)
    {
        var expiry = StreamedUntil(picture, cameAt, resultLife);
        return expiry > time.GetUtcNow() ? Picture(picture, expiry) : null;
    }

    /// <summary>When a link to a picture of a stream expires.</summary>
    public DateTimeOffset StreamedUntil(DeliveredPicture picture, DateTimeOffset cameAt, TimeSpan? resultLife = null)
        => cameAt + (picture.Artifact.Role == ArtifactRole.Preview ? options.Retention.Previews : resultLife ?? options.Retention.Results);

    /// <summary>A signed link that lives as long as the picture.</summary>
    public Uri Picture(JobState job, DeliveredPicture picture)
        => Picture(picture, ExpiryOf(job) ?? throw new InvalidOperationException("Only a final job's pictures have links."));

    /// <summary>The index only names the downloaded file.</summary>
    private Uri Picture(DeliveredPicture picture, DateTimeOffset expiry)
        => direct?.Sign(picture.Artifact, PictureNames.Of(picture.Slot, picture.Artifact), expiry)
            ?? address.Of(string.Create(CultureInfo.InvariantCulture, $"{links.Sign(picture.Artifact, expiry)}&index={picture.Slot}"));
}
