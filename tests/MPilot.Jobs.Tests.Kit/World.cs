using System.Collections.Immutable;
using System.Text;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>All that outlives a process: clock, disk, and the providers <c>a</c>, <c>b</c> and <c>polled</c>.</summary>
public sealed class World
{
    /// <summary>The time two tellings of a fact are apart, and the longest the backoff of a first retry is.</summary>
    private static readonly TimeSpan Near = TimeSpan.FromSeconds(1);

    public World()
    {
        Artifacts = new(Time);
        Ids = new(Time);
        foreach (var provider in new[] { "a", "b" })
        {
            Options.Providers[provider] = new() { Kind = ScriptedDriverKind.Name };
        }

        Options.Providers["polled"] = new() { Kind = PolledDriver.KindName };
    }

    public ManualTime Time { get; } = new();

    public MemoryStore Store { get; } = new();

    public MemoryArtifacts Artifacts { get; }

    public FixedRandomness Randomness { get; } = new();

    public ScriptedDriverKind Providers { get; } = new();

    public PolledDriver Polled { get; } = new();

    public RecordingRenderer Renderer { get; } = new();

    public MPilotOptions Options { get; } = new();

    public Ids Ids { get; }

    /// <summary>The ports of a new process over this world.</summary>
    public ProcessParts NewProcess(Faults? faults = null) => new(this, faults ?? Faults.None());

    public ProviderCatalog NewCatalog() => new(Options, [Providers, Polled]);

    /// <summary>A step without retries on a provider.</summary>
    public static Step Step(string provider, int retries = 0, int picturesPerCall = 1)
        => new() { Provider = provider, Model = "m", Retries = retries, PicturesPerCall = picturesPerCall };

    /// <summary>A submission with its source uploaded; its prompt is its job id, so that purchases can be told apart.</summary>
    public async Task<JobSubmission> SubmissionAsync(
        ImmutableArray<Step>? chain = null, int count = 1, TimeSpan? deadline = null, IdempotencyKey? key = null)
    {
        var pictures = new Pictures(Artifacts, Store, new PermissiveProbe(), Options.Retention, Ids, Time);
        await using var upload = await pictures.BeginAsync("default", ArtifactRole.Source, CancellationToken.None);
        await upload.WriteAsync(Encoding.UTF8.GetBytes("source"), CancellationToken.None);
        var id = Ids.NewJob();
        var job = new NewJob
        {
            Id = id,
            Tenant = "default",
            Spec = new() { Images = await pictures.CommitAsync([upload], CancellationToken.None), Prompt = id, Count = count },
            Chain = chain ?? [Step("a")],
            ModelRequested = "m",
            AcceptedAt = Time.GetUtcNow(),
            Deadline = Time.GetUtcNow() + (deadline ?? TimeSpan.FromMinutes(15)),
            RequestId = "req_test",
        };
        return new(job, key);
    }

    /// <summary>How many calls were made for a job, over all providers.</summary>
    public int PurchasesOf(string job)
        => Options.Providers.Keys.Sum(p => Providers[p].Purchases.Count(x => x == job)) + Polled.Purchases.Count(x => x == job);

    /// <summary>Lets time run from one near timer to the next until something is done.</summary>
    public Task PumpUntilAsync(Task done) => Time.PumpUntilAsync(done, Near);
}
