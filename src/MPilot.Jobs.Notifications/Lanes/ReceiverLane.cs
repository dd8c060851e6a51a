using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Gates;

namespace MPilot.Jobs.Notifications.Lanes;

/// <summary>The way to one receiver: so many calls at a time; one that fails time after time is only probed.</summary>
internal sealed class ReceiverLane(LaneTerms terms)
{
    private readonly Lock _gate = new();
    private readonly Breaker _breaker = new(terms.BreakerFailures, terms.BreakerOpenFor);
    private int _inFlight;
    private string? _probe;
    private DateTimeOffset _usedAt;
    private DateTimeOffset? _failedProbe;

    /// <summary>How many calls may begin now.</summary>
    public int FreeAt(DateTimeOffset now)
    {
        lock (_gate)
        {
            return !_breaker.Allows(now) ? 0 : _breaker.IsOpen ? 1 : terms.Concurrency - _inFlight;
        }
    }

    /// <summary>What was due by then need not be tried: the probe of then stood for it, and failed. <c>null</c>: there is none such.</summary>
    public DateTimeOffset? FailsDueBy
    {
        get
        {
            lock (_gate)
            {
                return _breaker.IsOpen ? _failedProbe : null;
            }
        }
    }

    /// <summary>Whether nothing is known of the receiver that would be missed.</summary>
    public bool IsIdleSince(DateTimeOffset moment)
    {
        lock (_gate)
        {
            return _inFlight == 0 && _usedAt < moment;
        }
    }

    public void Begin(string delivery, DateTimeOffset now)
    {
        lock (_gate)
        {
            _inFlight++;
            _usedAt = now;
            _probe = _breaker.IsOpen ? delivery : null;
            _breaker.Take(delivery);
        }
    }

    /// <summary>A call is over.</summary>
    /// <param name="delivery">What was to be brought.</param>
    /// <param name="tried">How that ended; <c>null</c>: it was broken off.</param>
    public void End(string delivery, DeliveryTry? tried)
    {
        lock (_gate)
        {
            _inFlight--;
            if (tried?.ShowsHealth is not { } isHealthy)
            {
                _breaker.GiveBack(delivery);
                return;
            }

            if (isHealthy)
            {
                _failedProbe = null;
            }
            else if (_probe == delivery)
            {
                _failedProbe = tried.StartedAt;
            }

            _breaker.Report(delivery, isHealthy, tried.EndedAt);
        }
    }
}
