using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Chaos.Audit.Rules;

/// <summary>What a caller was answered is what the job says later.</summary>
internal sealed class AnswersRule : IRule
{
    public string Name => "an answer is what the job says later";

    public IEnumerable<string> Check(Evidence evidence)
        => evidence.Views.SelectMany(v => Check(evidence.Books[v.Key], v.Value))
            .Concat(evidence.Answers.Where(a => a.IsFinal && evidence.Views.ContainsKey(a.Job!))
                .Where(a => a.Status != evidence.Views[a.Job!].Result.Status || !IsOf(a.Status, a.Pictures, evidence.Books[a.Job!].State))
                .Select(a => $"answered {a.Status} with {a.Pictures.Length} pictures: {evidence.Books[a.Job!].Story}"));

    private static IEnumerable<string> Check(BookedJob job, JobView view)
    {
        if (!string.Equals(view.Status, job.State.Status.ToString(), StringComparison.OrdinalIgnoreCase))
        {
            yield return $"shown as {view.Status}: {job.Story}";
        }

        var (status, pictures) = view.Result;
        if (status != view.StatusCode || (status == 200) != (job.State.Status == JobStatus.Succeeded) || !IsOf(status, pictures, job.State))
        {
            yield return $"the result is {status} with {pictures.Length} pictures, the snapshot says {view.StatusCode}: {job.Story}";
        }
    }

    private static bool IsOf(int status, ImmutableArray<string> pictures, JobState job)
    {
        var made = job.Slots.Where(s => s.Picture is not null).Select(s => s.Picture!.Artifact).ToList();
        return status != 200 ? pictures.IsEmpty : pictures.Length == made.Count && pictures.Zip(made).All(p => IsOf(p.First, p.Second));
    }

    private static bool IsOf(string seen, ArtifactRef made) => seen == made.Sha256 || seen == made.Id;
}
