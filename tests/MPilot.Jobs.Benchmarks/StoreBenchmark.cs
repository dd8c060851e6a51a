using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Postgres;
using MPilot.Jobs.Storage.Sqlite;
using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Benchmarks;

/// <summary>Durable accepts and whole jobs of four transitions a second, in either store, every commit flushed to disk.</summary>
internal static class StoreBenchmark
{
    private const int Callers = 64;
    private const int Accepts = 6000;
    private const int Jobs = 3000;

    private static readonly Ids Ids = new(TimeProvider.System);

    public static async Task RunAsync()
    {
        Console.WriteLine($"\njob stores, {Callers} callers at once");
        var folder = Directory.CreateTempSubdirectory("mpilot-bench-").FullName;
        await using (var sqlite = new SqliteDatabase(Path.Join(folder, "jobs.db")))
        {
            await sqlite.OpenAsync(default);
            await MeasureAsync("SQLite, synchronous=FULL", new SqliteJobStore(sqlite));
        }

        Directory.Delete(folder, recursive: true);
        await using var server = await PostgresServer.StartAsync("fsync=on", "synchronous_commit=on");
        await using var postgres = new PostgresDatabase(server.ConnectionTo(await server.CreateDatabaseAsync()));
        await postgres.OpenAsync(default);
        await MeasureAsync("PostgreSQL, synchronous_commit=on", new PostgresJobStore(postgres));
    }

    private static async Task MeasureAsync(string name, IJobStore store)
    {
        await RunAsync(500, () => FinishAsync(store));
        var accepts = await RunAsync(Accepts, () => AcceptAsync(store));
        var jobs = await RunAsync(Jobs, () => FinishAsync(store));
        Console.WriteLine($"  {name}: {accepts:F0} accepts/s, {jobs:F0} jobs of four transitions/s");
    }

    private static async Task<double> RunAsync(int count, Func<Task> once)
    {
        var left = count;
        var started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await once();
            }
        }));
        return count / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<JobState> AcceptAsync(IJobStore store)
    {
        var now = TimeProvider.System.GetUtcNow();
        var accepted = JobTransitions.Accept(new NewJob
        {
            Id = Ids.NewJob(),
            Tenant = "default",
            Spec = new EditSpec { Images = [Picture(ArtifactRole.Source)], Prompt = "make it blue", Count = 1 },
            Chain = [new Step { Provider = "openai", Model = "gpt-image-2" }, new Step { Provider = "google", Model = "gemini-3-image" }],
            ModelRequested = "gpt-image-2",
            AcceptedAt = now,
            Deadline = now.AddMinutes(10),
            RequestId = Ids.NewRequest(),
        });
        await store.InsertAsync(new JobInsert(accepted.State, accepted.Events, null, []), default);
        return accepted.State;
    }

    private static async Task FinishAsync(IJobStore store)
    {
        var now = TimeProvider.System.GetUtcNow();
        var state = await AcceptAsync(store);
        state = await TellAsync(store, state, new JobFact.AttemptSending(now, 1, "main", "lease", "node", 1));
        state = await TellAsync(store, state, new JobFact.AttemptAccepted(now, 1, "provider-job"));
        var picture = Picture(ArtifactRole.Result);
        var delivered = new AttemptOutcome.Succeeded([new DeliveredPicture(0, picture.Artifact, picture.Facts)]);
        await TellAsync(store, state, new JobFact.AttemptEnded(now, 1, delivered, 0));
    }

    private static async Task<JobState> TellAsync(IJobStore store, JobState state, JobFact fact)
    {
        var transition = JobTransitions.Apply(state, fact);
        await store.SaveAsync(new JobSave(transition.State, transition.Events, [], null), default);
        return transition.State;
    }

    private static EditPicture Picture(ArtifactRole role)
        => new(new ArtifactRef(Ids.NewArtifact(), role, "image/png", 1234, new string('a', 64)), new PictureFacts(PictureFormat.Png, new PictureSize(640, 480), 1, true, 1));
}
