using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Drivers;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>A provider whose calls are jobs of its own, ended by the test. It outlives the processes that call it.</summary>
public sealed class PolledDriver : IDriver, IDriverKind, IProviderJobs
{
    public const string KindName = "polled";

    private readonly ConcurrentDictionary<string, TaskCompletionSource<DriverAnswer.Failed?>> _jobs = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _purchases = new();

    /// <summary>Whether jobs succeed as soon as they are made.</summary>
    public bool IsInstant { get; set; }

    /// <summary>Whether a job that was made already cannot be stopped any more: it succeeds instead.</summary>
    public bool CancelsTooLate { get; set; }

    /// <summary>The prompts of all jobs ever made, in order: each was bought.</summary>
    public ImmutableArray<string> Purchases => [.. _purchases];

    /// <summary>Ids of jobs that were to be stopped.</summary>
    public ConcurrentQueue<string> Canceled { get; } = new();

    /// <summary>Ids that were asked after.</summary>
    public ConcurrentQueue<string> AskedAfter { get; } = new();

    public string Kind => KindName;

    public IReadOnlyList<string> DefaultModels => [];

    public string? Unavailable => null;

    public IReadOnlyList<string> KnownModels => [];

    public bool Serves(string model) => true;

    public ModelCapabilities Describe(string model) => new() { Pattern = model };

    public EditPlan Plan(EditSpec spec, string model) => new([], 1);

    public IEnumerable<OptionMistake> Validate(ProviderOptions options) => [];

    public IDriver Create(string provider, ProviderOptions options) => this;

    /// <summary>Ends a provider's job: with pictures, or as it failed.</summary>
    public void End(string id, FailureKind? failure = null)
        => _jobs[id].TrySetResult(failure is { } kind ? new DriverAnswer.Failed(new(kind)) : null);

    /// <summary>Knows a job no more.</summary>
    public void Forget(string id) => _jobs.TryRemove(id, out _);

    public async Task<DriverAnswer> SendAsync(DriverCall call, IDriverIo io, CancellationToken cancellationToken)
    {
        var id = $"upstream-{_purchases.Count + 1}";
        _purchases.Enqueue(call.Spec.Prompt!);
        _jobs[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (IsInstant)
        {
            End(id);
        }

        await io.AcceptedAsync(id, cancellationToken);
        return await WaitAsync(call, id, io, cancellationToken);
    }

    public Task<DriverAnswer> ResumeAsync(DriverCall call, string providerJobId, IDriverIo io, CancellationToken cancellationToken)
    {
        AskedAfter.Enqueue(providerJobId);
        return WaitAsync(call, providerJobId, io, cancellationToken);
    }

    public Task CancelAsync(DriverCall call, string providerJobId, CancellationToken cancellationToken)
    {
        Canceled.Enqueue(providerJobId);
        End(providerJobId, CancelsTooLate ? null : FailureKind.Canceled);
        return Task.CompletedTask;
    }

    private async Task<DriverAnswer> WaitAsync(DriverCall call, string id, IDriverIo io, CancellationToken cancellationToken)
    {
        if (!_jobs.TryGetValue(id, out var job))
        {
            return new DriverAnswer.Failed(new(FailureKind.Lost));
        }

        return await job.Task.WaitAsync(cancellationToken) ?? await DeliverAsync(call.Count, io);
    }

    private static async Task<DriverAnswer> DeliverAsync(int count, IDriverIo io)
    {
        var delivered = ImmutableArray.CreateBuilder<DriverPicture>();
        for (var i = 0; i < count; i++)
        {
            var upload = await io.BeginPictureAsync(CancellationToken.None);
            await upload.WriteAsync(Encoding.UTF8.GetBytes("picture"), CancellationToken.None);
            delivered.Add(new(upload));
        }

        return new DriverAnswer.Delivered(delivered.ToImmutable());
    }
}
