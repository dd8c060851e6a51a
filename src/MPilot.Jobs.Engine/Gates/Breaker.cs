namespace MPilot.Jobs.Engine.Gates;

/// <summary>
/// Keeps calls from a key, or another server, that fails time after time: open after so many failures in a row, half-open with one probe at a time once its wait is over,
/// closed by a probe the provider answers.
/// </summary>
public sealed class Breaker(int failures, TimeSpan openFor)
{
    private int _inARow;
    private string? _probe;

    /// <summary>Until when it is open; <c>null</c>: it is closed. A moment gone by: half-open.</summary>
    public DateTimeOffset? OpenUntil { get; private set; }

    public bool IsOpen => OpenUntil is not null;

    /// <summary>Whether the call is out that decides.</summary>
    public bool IsProbing => _probe is not null;

    public bool Allows(DateTimeOffset now) => OpenUntil is not { } until || (until <= now && !IsProbing);

    /// <summary>A call goes; unless the breaker is closed it is the probe.</summary>
    public void Take(string lease)
    {
        if (IsOpen)
        {
            _probe = lease;
        }
    }

    /// <summary>A call is over. A probe nobody reported on decides nothing: the next call is another.</summary>
    public void GiveBack(string lease)
    {
        if (_probe == lease)
        {
            _probe = null;
        }
    }

    /// <summary>How a call went. Until it is closed only the probe counts: what was sent before says nothing about now.</summary>
    public void Report(string lease, bool isHealthy, DateTimeOffset now)
    {
        if (IsOpen && lease != _probe)
        {
            return;
        }

        _inARow = isHealthy ? 0 : _inARow + 1;
        if (isHealthy)
        {
            OpenUntil = null;
        }
        else if (IsOpen || _inARow >= failures)
        {
            OpenUntil = now + openFor;
        }

        _probe = null;
    }
}
