using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Engine.Gates;

/// <summary>One key of a gate: its places, its minute, its breaker and its cool-down.</summary>
internal sealed class GateKey
{
    /// <summary>What a provider may ask to wait at most: more is a mistake of its clock. 1 d.</summary>
    private static readonly TimeSpan LongestCoolDown = TimeSpan.FromDays(1);

    private readonly ProviderOptions _options;
    private readonly double _weight;
    private readonly int _concurrency;
    private readonly int _reserve;
    private readonly MinuteWindow _minute;
    private readonly Breaker _breaker;
    private DateTimeOffset _cooledUntil = DateTimeOffset.MinValue;
    private DateTimeOffset _spurnedUntil = DateTimeOffset.MinValue;
    private int _inFlight;
    private int _unawaited;
    private double _served;

    public GateKey(ProviderOptions options, ProviderKeyOptions key)
    {
        _options = options;
        Name = key.Name ?? "";
        _weight = key.Weight;
        _concurrency = key.Concurrency ?? options.Concurrency;

        // Those nobody waits for must be able to go some day: one place is never reserved.
        _reserve = Math.Min((int)(_concurrency * options.AwaitedReserve), _concurrency - 1);
        _minute = new(key.RequestsPerMinute ?? options.RequestsPerMinute);
        _breaker = new(options.Breaker.Failures, options.Breaker.OpenFor);
    }

    public string Name { get; }

    /// <summary>Whether it was shut when the line was last looked through for tickets to send away.</summary>
    public bool WasShut { get; set; }

    public bool HasOpenBreaker => _breaker.IsOpen;

    /// <summary>Whether one more call may go.</summary>
    /// <param name="isAwaited">Whether somebody waits for it.</param>
    /// <param name="asLastResort">Whether it may go although the provider spurned the key.</param>
    /// <param name="now">The moment.</param>
    public bool IsFree(bool isAwaited, bool asLastResort, DateTimeOffset now)
        => _inFlight < _concurrency && (isAwaited || _unawaited < _concurrency - _reserve)
            && (asLastResort || !IsSpurned(now)) && IsOpen(now) && _minute.FullUntil(now) is null;

    /// <summary>Whether calls may go but for those that go already.</summary>
    public bool IsUsable(DateTimeOffset now) => !IsSpurned(now) && IsOpen(now);

    /// <summary>Whether the provider did not take it, and is not likely to take it soon. Waiting does not help: where nothing else is left it is tried all the same.</summary>
    public bool IsSpurned(DateTimeOffset now) => _spurnedUntil > now;

    /// <summary>Whether it cannot be expected to serve soon. A key on probation is shut until its probe is back.</summary>
    public bool IsShut(DateTimeOffset now)
        => Later(_cooledUntil, _spurnedUntil) > now + ProviderGate.ShortWait
            || (_breaker.OpenUntil is { } until && (_breaker.IsProbing || until > now + ProviderGate.ShortWait));

    /// <summary>The next moment at which time alone may let a call go, or <c>null</c>.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset now)
        => new[] { _cooledUntil, _spurnedUntil, _breaker.OpenUntil, _minute.FullUntil(now) }.Where(at => at > now).Min();

    /// <summary>
    /// How loaded the key is in shares of its weight: first by calls in flight, then by calls made. A key that was away does not catch up. One without weight comes last.
    /// </summary>
    /// <param name="served">How far the gate's keys have come, in calls by weight.</param>
    public (double InFlight, double Served) Load(double served)
        => _weight > 0 ? (_inFlight / _weight, Math.Max(_served, served)) : (double.PositiveInfinity, _served);

    /// <summary>A call goes.</summary>
    /// <returns>How far the key had come.</returns>
    public double Take(HeldLease lease, double served, DateTimeOffset now)
    {
        _inFlight++;
        _unawaited += lease.Ticket.IsAwaited ? 0 : 1;
        _minute.Take(now);
        _breaker.Take(lease.Id);
        var start = Math.Max(_served, served);
        _served = start + (_weight > 0 ? 1 / _weight : 1);
        return start;
    }

    public void GiveBack(HeldLease lease)
    {
        _inFlight--;
        _unawaited -= lease.Ticket.IsAwaited ? 0 : 1;
        _breaker.GiveBack(lease.Id);
    }

    public void Report(string lease, GateReport report, DateTimeOffset now)
    {
        switch (report.Failure)
        {
            // Nobody knows how the provider is.
            case FailureKind.Canceled or FailureKind.DeadlineExceeded or FailureKind.Lost:
                return;

            case FailureKind.RateLimited:
                _cooledUntil = Later(_cooledUntil, After(report.RetryAfter ?? _options.CoolDown.RateLimited, now));
                break;

            case FailureKind.Credentials:
                _spurnedUntil = Later(_spurnedUntil, After(_options.CoolDown.Credentials, now));
                break;

            case FailureKind.Quota:
                _spurnedUntil = Later(_spurnedUntil, After(report.RetryAfter ?? _options.CoolDown.Quota, now));
                break;
        }

        _breaker.Report(lease, report.Failure is not (FailureKind.Transient or FailureKind.TimedOut or FailureKind.Broken), now);
    }

    private bool IsOpen(DateTimeOffset now) => _cooledUntil <= now && _breaker.Allows(now);

    private static DateTimeOffset After(TimeSpan wait, DateTimeOffset now) => now + (wait < LongestCoolDown ? wait : LongestCoolDown);

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
