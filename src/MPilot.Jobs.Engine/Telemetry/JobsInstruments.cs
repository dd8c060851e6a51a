using System.Collections.Frozen;
using System.Diagnostics.Metrics;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Buckets;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Webhooks;

namespace MPilot.Jobs.Engine.Telemetry;

/// <summary>
/// What the service counts and times. Labels hold configured names and closed values only: never a tenant, a job, a model, or anything a caller wrote.
/// Nothing is measured while nobody listens.
/// </summary>
public sealed class JobsInstruments : IDisposable
{
    private const string None = "none";
    private const string Other = "other";

    private static readonly FrozenDictionary<JobStatus, string> Statuses = SnakeNames.All<JobStatus>();
    private static readonly FrozenDictionary<AttemptStatus, string> Outcomes = SnakeNames.All<AttemptStatus>();
    private static readonly FrozenDictionary<FailureKind, string> Failures = SnakeNames.All<FailureKind>();
    private static readonly FrozenDictionary<Sweep, string> Sweeps = SnakeNames.All<Sweep>();
    private static readonly FrozenDictionary<DeliveryOutcome, string> Tries = SnakeNames.All<DeliveryOutcome>();
    private static readonly FrozenDictionary<DeliveryStatus, string> Deliveries = SnakeNames.All<DeliveryStatus>();
    private static readonly FrozenDictionary<BucketPutStatus, string> Puts = SnakeNames.All<BucketPutStatus>();
    private static readonly string[] StatusClasses = [None, "1xx", "2xx", "3xx", "4xx", "5xx"];

    private static readonly double[] Moments = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly double[] Minutes = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 900];
    private static readonly double[] Waits = [0.005, 0.05, 0.25, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600];
    private static readonly double[] Sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256];

    private readonly FrozenSet<string> _providers;
    private readonly TimeProvider _time;
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _attached;
    private readonly Counter<long> _finalized;
    private readonly Histogram<double> _life;
    private readonly Counter<long> _started;
    private readonly Counter<long> _ended;
    private readonly Histogram<double> _call;
    private readonly Counter<long> _doubles;
    private readonly Counter<long> _answers;
    private readonly Histogram<double> _gateWait;
    private readonly Counter<long> _sweeps;
    private readonly Histogram<long> _group;
    private readonly Histogram<double> _commit;
    private readonly Counter<long> _written;
    private readonly Counter<long> _read;
    private readonly Counter<long> _deleted;
    private readonly Histogram<double> _pixelWait;
    private readonly Counter<long> _tries;
    private readonly Histogram<double> _receivers;
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _putTries;
    private readonly Histogram<double> _buckets;
    private readonly Counter<long> _puts;

    private IGateReadings? _gates;
    private OutboxWatch? _outbox;

    /// <param name="providers">The configured names; others are counted as <c>other</c>.</param>
    /// <param name="time">Times what is timed here.</param>
    public JobsInstruments(IEnumerable<string> providers, TimeProvider time)
    {
        _providers = providers.ToFrozenSet(StringComparer.Ordinal);
        _time = time;

        _accepted = Meter.CreateCounter<long>("mpilot.jobs.accepted", "{job}", "Jobs accepted.");
        _attached = Meter.CreateCounter<long>("mpilot.jobs.attached", "{request}", "Requests that repeated an accepted job.");
        _finalized = Meter.CreateCounter<long>("mpilot.jobs.finalized", "{job}", "Jobs that ended, by status and by what they failed for.");
        _life = Timed("mpilot.jobs.duration", "From accepting a job to its end.", Minutes);

        _started = Meter.CreateCounter<long>("mpilot.attempts.started", "{attempt}", "Provider calls about to be made.");
        _ended = Meter.CreateCounter<long>(
            "mpilot.attempts.ended", "{attempt}", "Provider calls that ended, by outcome and failure. A lost one that delivers after all counts under both outcomes.");
        _call = Timed("mpilot.attempts.duration", "From sending a provider call to its end.", Minutes);
        _doubles = Meter.CreateCounter<long>("mpilot.attempts.possible_double_purchases", "{attempt}", "Calls that repeat one that may have been bought.");
        _answers = Meter.CreateCounter<long>("mpilot.provider.answers", "{answer}", "HTTP answers of providers by class of status; none where none came.");

        _gateWait = Timed("mpilot.gate.wait", "From asking a gate for an attempt to its letting it go.", Waits);
        Meter.CreateObservableGauge("mpilot.gate.queued", () => Gates(r => r.Queued), "{attempt}", "Attempts that wait for a gate.");
        Meter.CreateObservableGauge("mpilot.gate.leases", () => Gates(r => r.Leases), "{attempt}", "Attempts a gate has let go and that have not ended.");
        Meter.CreateObservableGauge("mpilot.gate.open_breakers", () => Gates(r => r.OpenBreakers), "{key}", "Provider keys whose breaker is open.");

        Meter.CreateObservableGauge("mpilot.outbox.depth", OutboxDepth, "{event}", "Events not yet delivered.");
        Meter.CreateObservableGauge("mpilot.outbox.age", OutboxAge, "s", "How long the oldest undelivered event waits.");

        _sweeps = Meter.CreateCounter<long>("mpilot.sweeps", "{sweep}", "Sweeps made, by kind and by how they ended.");
        _group = Meter.CreateHistogram("mpilot.store.commit.writes", "{write}", "Writes in one transaction of the store.", advice: Buckets(Array.ConvertAll(Sizes, s => (long)s)));
        _commit = Timed("mpilot.store.commit.duration", "Time of one transaction of the store, the disk's included.", Moments);

        _written = Meter.CreateCounter<long>("mpilot.artifacts.written", "By", "Bytes of artifacts committed.");
        _read = Meter.CreateCounter<long>("mpilot.artifacts.read", "By", "Bytes of artifacts read.");
        _deleted = Meter.CreateCounter<long>("mpilot.artifacts.deleted", "{artifact}", "Artifacts deleted.");
        _pixelWait = Timed("mpilot.pixels.wait", "How long decoding waited for the pixel budget.", Moments);

        _tries = Meter.CreateCounter<long>("mpilot.webhooks.tries", "{try}", "Tries of webhook deliveries, by outcome.");
        _receivers = Timed("mpilot.webhooks.duration", "How long webhook receivers took to answer, or not to.", Waits);
        _deliveries = Meter.CreateCounter<long>("mpilot.webhooks.deliveries", "{delivery}", "Webhook deliveries that ended, by status; exhausted: given up.");

        _putTries = Meter.CreateCounter<long>("mpilot.buckets.tries", "{try}", "Tries to bring pictures to buckets of callers, by outcome.");
        _buckets = Timed("mpilot.buckets.duration", "How long buckets took to take a picture, or not to.", Waits);
        _puts = Meter.CreateCounter<long>("mpilot.buckets.pictures", "{picture}", "Pictures brought to buckets of callers, by status; failed: given up.");
    }

    /// <summary>The meter all of it is on.</summary>
    public Meter Meter { get; } = new(TelemetryNames.Own);

    public void Dispose() => Meter.Dispose();

    /// <summary>Gates to look at whenever somebody reads the metrics.</summary>
    public void Watch(IGateReadings gates) => _gates = gates;

    /// <summary>An outbox to look at whenever somebody reads the metrics.</summary>
    public void Watch(OutboxWatch outbox) => _outbox = outbox;

    /// <summary>A moment to measure from.</summary>
    public long Start() => _time.GetTimestamp();

    /// <summary>A request repeats a job.</summary>
    public void OnAttached() => _attached.Add(1);

    /// <summary>A job's change is stored. Every change comes here, once, and tells all that happened in it.</summary>
    /// <param name="before">The job before; <c>null</c> where it was just accepted.</param>
    /// <param name="after">The job as stored.</param>
    public void OnStored(JobState? before, JobState after)
    {
        if (before is null)
        {
            _accepted.Add(1);
        }

        foreach (var attempt in after.Attempts)
        {
            var was = before?.FindAttempt(attempt.Number)?.Status ?? AttemptStatus.Intended;
            if (attempt.SentAt is { } sentAt && attempt.Status != was)
            {
                OnAttemptMoved(attempt, was, sentAt, Known(after.StepOf(attempt).Provider));
            }
        }

        if (after.IsFinal && before is not { IsFinal: true })
        {
            OnFinalized(after);
        }
    }

    /// <summary>A gate lets an attempt go.</summary>
    public void OnGateGranted(string provider, TimeSpan waited) => _gateWait.Record(waited.TotalSeconds, Tag("provider", Known(provider)));

    /// <summary>A provider answered over HTTP.</summary>
    /// <param name="provider">The configured name.</param>
    /// <param name="status">The status; <c>null</c> where no answer came.</param>
    public void OnProviderAnswered(string provider, int? status)
        => _answers.Add(1, Tag("provider", Known(provider)), Tag("status_class", status is >= 100 and < 600 ? StatusClasses[status.Value / 100] : None));

    /// <summary>A sweep was made to its end.</summary>
    public void OnSwept(Sweep sweep) => _sweeps.Add(1, Tag("sweep", Sweeps[sweep]), Tag("outcome", "succeeded"));

    /// <summary>A sweep failed; it will be made again.</summary>
    public void OnSweepFailed(Sweep sweep) => _sweeps.Add(1, Tag("sweep", Sweeps[sweep]), Tag("outcome", "failed"));

    /// <summary>The store committed a group of writes.</summary>
    public void OnGroupCommitted(int writes, long started)
    {
        _group.Record(writes);
        _commit.Record(Since(started));
    }

    public void OnArtifactWritten(long bytes) => _written.Add(bytes);

    public void OnArtifactRead(long bytes) => _read.Add(bytes);

    public void OnArtifactDeleted() => _deleted.Add(1);

    /// <summary>Decoding got its share of the pixel budget.</summary>
    public void OnPixelsGranted(long started) => _pixelWait.Record(Since(started));

    /// <summary>A try of a webhook delivery is recorded, with what becomes of the delivery.</summary>
    public void OnDeliveryTried(DeliveryTry tried, DeliveryStatus status)
    {
        _tries.Add(1, Tag("outcome", Tries[tried.Outcome]));
        if (tried.ShowsHealth is not null)
        {
            _receivers.Record(tried.Duration.TotalSeconds);
        }

        if (status != DeliveryStatus.Pending)
        {
            _deliveries.Add(1, Tag("status", Deliveries[status]));
        }
    }

    /// <summary>A try to bring a picture to a bucket is recorded, with what becomes of that.</summary>
    public void OnPutTried(DeliveryTry tried, BucketPutStatus status)
    {
        _putTries.Add(1, Tag("outcome", Tries[tried.Outcome]));
        if (tried.ShowsHealth is not null)
        {
            _buckets.Record(tried.Duration.TotalSeconds);
        }

        if (status != BucketPutStatus.Pending)
        {
            _puts.Add(1, Tag("status", Puts[status]));
        }
    }

    private void OnAttemptMoved(Attempt attempt, AttemptStatus was, DateTimeOffset sentAt, string provider)
    {
        if (was == AttemptStatus.Intended)
        {
            _started.Add(1, Tag("provider", provider));
            if (attempt.PossibleDoublePurchase)
            {
                _doubles.Add(1, Tag("provider", provider));
            }
        }

        if (attempt.IsInFlight)
        {
            return;
        }

        var outcome = Tag("outcome", Outcomes[attempt.Status]);
        _ended.Add(1, Tag("provider", provider), outcome, Tag("failure", attempt.Failure is { } failure ? Failures[failure.Kind] : None));
        if (attempt.EndedAt is { } endedAt)
        {
            _call.Record((endedAt - sentAt).TotalSeconds, Tag("provider", provider), outcome);
        }
    }

    private void OnFinalized(JobState job)
    {
        var status = Tag("status", Statuses[job.Status]);
        _finalized.Add(1, status, Tag("failure", job.Failure is { } failure ? Failures[failure.Failure.Kind] : None));
        if (job.CompletedAt is { } completedAt)
        {
            _life.Record((completedAt - job.CreatedAt).TotalSeconds, status);
        }
    }

    private IEnumerable<Measurement<int>> Gates(Func<GateReading, int> value)
        => _gates?.Read().Select(r => new Measurement<int>(value(r), Tag("provider", Known(r.Provider)))) ?? [];

    private IEnumerable<Measurement<long>> OutboxDepth() => _outbox?.Read() is { } backlog ? [new(backlog.Depth)] : [];

    private IEnumerable<Measurement<double>> OutboxAge()
        => _outbox?.Read() is { } backlog ? [new(backlog.OldestAt is { } at ? Math.Max(0, (_time.GetUtcNow() - at).TotalSeconds) : 0)] : [];

    private string Known(string provider) => _providers.Contains(provider) ? provider : Other;

    private double Since(long started) => _time.GetElapsedTime(started).TotalSeconds;

    private Histogram<double> Timed(string name, string description, double[] bounds)
        => Meter.CreateHistogram(name, "s", description, advice: Buckets(bounds));

    private static InstrumentAdvice<T> Buckets<T>(T[] bounds)
        where T : struct
        => new() { HistogramBucketBoundaries = bounds };

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
