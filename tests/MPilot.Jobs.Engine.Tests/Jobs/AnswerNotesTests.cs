using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Jobs;

public sealed class AnswerNotesTests
{
    private readonly World _world = new();
    private readonly AnswerNotes _notes;

    public AnswerNotesTests() => _notes = new(_world.Store, _world.Time);

    [Fact]
    public async Task Delivered_WhenNoted_IsStoredWithTheNextFlush()
    {
        var jobs = new List<string>();
        for (var i = 0; i < 600; i++)
        {
            jobs.Add(await ListenedToAsync());
        }

        jobs.ForEach(job => _notes.Delivered(job, 1));
        jobs.ShouldAllBe(job => _world.Store.AnswerOf(job) == AnswerStatus.Awaited);

        await _notes.FlushAsync(CancellationToken.None);

        jobs.ShouldAllBe(job => _world.Store.AnswerOf(job) == AnswerStatus.Delivered);
    }

    [Fact]
    public async Task OrphanedAsync_WhenNoted_IsStoredAtOnce()
    {
        var job = await ListenedToAsync();

        await _notes.OrphanedAsync(job, 1);

        _world.Store.AnswerOf(job).ShouldBe(AnswerStatus.Orphaned);
    }

    [Fact]
    public async Task OrphanedAsync_WhenTheStoreIsAway_IsStoredOnceItIsBack()
    {
        var job = await ListenedToAsync();
        _world.Store.IsAway = true;
        await _notes.OrphanedAsync(job, 1);
        await _notes.FlushAsync(CancellationToken.None);
        _world.Store.IsAway = false;

        await _notes.FlushAsync(CancellationToken.None);

        _world.Store.AnswerOf(job).ShouldBe(AnswerStatus.Orphaned);
    }

    [Fact]
    public async Task Service_WhenItStops_LeavesNoNoteBehind()
    {
        var job = await ListenedToAsync();
        using var service = new AnswerNotesService(_notes, _world.Time);
        await service.StartAsync(CancellationToken.None);
        _notes.Delivered(job, 1);

        await service.StopAsync(CancellationToken.None);

        _world.Store.AnswerOf(job).ShouldBe(AnswerStatus.Delivered);
    }

    private async Task<string> ListenedToAsync()
    {
        var submission = await _world.SubmissionAsync();
        var accepted = JobTransitions.Accept(submission.Job);
        await _world.Store.InsertAsync(
            new(accepted.State, accepted.Events, null, []) { Listener = new("", submission.Job.Id, "node", 1) }, CancellationToken.None);
        return submission.Job.Id;
    }
}
