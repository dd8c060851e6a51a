namespace MPilot.Jobs.Chaos;

/// <summary>Something that happens again and again, so that a death can be aimed at it.</summary>
internal sealed class Milestone
{
    private readonly Lock _lock = new();
    private readonly List<(int At, TaskCompletionSource Reached)> _waiting = [];
    private int _passed;

    public void Pass()
    {
        lock (_lock)
        {
            _passed++;
            foreach (var (_, reached) in _waiting.FindAll(w => w.At <= _passed))
            {
                reached.TrySetResult();
            }

            _waiting.RemoveAll(w => w.At <= _passed);
        }
    }

    /// <summary>Completes when it has happened so many times more.</summary>
    public Task AfterAsync(int more)
    {
        lock (_lock)
        {
            if (more <= 0)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((_passed + more, reached));
            return reached.Task;
        }
    }
}
