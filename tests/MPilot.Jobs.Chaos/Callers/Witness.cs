using System.Collections.Concurrent;

using MPilot.Jobs.Chaos.Plans;

namespace MPilot.Jobs.Chaos.Callers;

/// <summary>Everything that callers and listeners saw.</summary>
internal sealed class Witness
{
    private readonly ConcurrentQueue<Answer> _answers = new();
    private readonly ConcurrentQueue<EventReading> _readings = new();
    private readonly ConcurrentDictionary<string, int> _unanswered = new(StringComparer.Ordinal);

    /// <summary>Passed whenever a caller learns that its job exists.</summary>
    public Milestone Accepts { get; } = new();

    public IReadOnlyCollection<Answer> Answers => _answers;

    public IReadOnlyCollection<EventReading> Readings => _readings;

    /// <summary>By mark, how many requests got no answer and may have been accepted or not.</summary>
    public IReadOnlyDictionary<string, int> Unanswered => _unanswered;

    public void Take(Answer answer)
    {
        _answers.Enqueue(answer);
        if (answer.Job is not null)
        {
            Accepts.Pass();
        }
    }

    public void Take(EventReading reading) => _readings.Enqueue(reading);

    public void TakeUnanswered(JobPlan plan) => _unanswered.AddOrUpdate(plan.Mark, 1, (_, before) => before + 1);
}
