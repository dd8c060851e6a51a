namespace MPilot.Jobs.Engine.Events;

/// <summary>Tells one who follows events when to look into the store, and when to show a sign of life, which is every <paramref name="pulse"/> whatever else comes.</summary>
internal sealed class Lookout(IJobSubscription subscription, TimeSpan pulse, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _lastPulse;
    private TimeSpan _deafUntil;
    private TimeSpan _nextLook;

    private TimeSpan Elapsed => time.GetElapsedTime(_start);

    private TimeSpan NextPulse => _lastPulse + pulse;

    /// <summary>There was a look: the next one is due at a hint, but not sooner than <paramref name="atLeast"/> from now; without any at <paramref name="atMost"/>, or at <paramref name="atLeast"/> if that is longer.</summary>
    public void Rest(TimeSpan atLeast, TimeSpan atMost)
    {
        var now = Elapsed;
        (_deafUntil, _nextLook) = (now + atLeast, now + (atLeast > atMost ? atLeast : atMost));
    }

    /// <summary>Waits until a look is due. False: a sign of life is due before it.</summary>
    public async Task<bool> IsLookDueAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = Elapsed;
            if (now >= NextPulse)
            {
                _lastPulse = now;
                return false;
            }

            if (now >= _nextLook)
            {
                return true;
            }

            await WaitAsync(now, cancellationToken);
        }
    }

    private async Task WaitAsync(TimeSpan now, CancellationToken cancellationToken)
    {
        if (now < _deafUntil)
        {
            // A hint that comes meanwhile is kept. Whoever is hinted at all the time is so woken no more often than it may look.
            await Task.Delay(Shorter(NextPulse, _deafUntil) - now, time, cancellationToken);
        }
        else if (await subscription.WaitAsync(Shorter(NextPulse, _nextLook) - now, time, cancellationToken))
        {
            _nextLook = now;
        }
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
