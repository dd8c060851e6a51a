using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Chaos.Audit.Rules;

/// <summary>What succeeded has its pictures, whole and to be had.</summary>
internal sealed class PicturesRule : IRule
{
    public string Name => "no success without its pictures";

    public IEnumerable<string> Check(Evidence evidence)
        => evidence.Books.Values.Where(b => b.State.Status == JobStatus.Succeeded).SelectMany(job => Check(job, evidence.Views.GetValueOrDefault(job.State.Id)));

    private static IEnumerable<string> Check(BookedJob job, JobView? view)
    {
        string[] wanted = [.. job.State.Slots.Where(s => s.Picture is not null).Select(s => s.Picture!.Artifact.Sha256)];
        if (wanted.Length == 0)
        {
            yield return $"no picture: {job.Story}";
        }

        if (view is null || !view.Downloads.Select(d => d.Sha256).SequenceEqual(wanted, StringComparer.Ordinal))
        {
            yield return $"other pictures than promised: {job.Story}";
        }
        else if (!view.Downloads.All(d => d is { Status: 200, IsWhole: true }))
        {
            yield return $"a picture is not whole: {job.Story}";
        }
    }
}
