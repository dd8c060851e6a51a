using System.Text;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Artifacts;

public sealed class ArtifactSweeperTests
{
    private readonly World _world = new();

    [Fact]
    public async Task Sweep_WhenNobodyAdopted_DeletesAfterTheHourAndNotBefore()
    {
        var id = await UploadAsync();

        _world.Time.Advance(Pictures.UnadoptedLife);
        await SweepAsync();
        _world.Artifacts.Ids.ShouldBe([id]);
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        await SweepAsync();

        _world.Artifacts.Ids.ShouldBeEmpty();
        (await _world.Store.FindAsync(id, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Sweep_WhenAJobKeepsIt_LeavesIt()
    {
        var submission = await _world.SubmissionAsync();
        var accept = JobTransitions.Accept(submission.Job);
        var source = submission.Job.Spec.Images[0].Artifact.Id;
        await _world.Store.InsertAsync(new(accept.State, accept.Events, null, [source]), CancellationToken.None);

        _world.Time.Advance(TimeSpan.FromDays(10));
        await SweepAsync();

        _world.Artifacts.Ids.ShouldBe([source]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sweep_WhenKilledAtAnyStep_IsFinishedByTheNextOne(bool afterCommit)
    {
        for (var k = 1; k <= 5; k++)
        {
            var ids = new[] { await UploadAsync(), await UploadAsync() };
            _world.Time.Advance(Pictures.UnadoptedLife + TimeSpan.FromSeconds(1));
            var killed = _world.NewProcess(Faults.KilledAt(k, afterCommit));
            await Should.ThrowAsync<ProcessKilledException>(
                () => new ArtifactSweeper(killed.Store, killed.Artifacts, _world.Time).SweepUnreferencedAsync(CancellationToken.None), $"step {k}");

            foreach (var id in ids.Except(_world.Artifacts.Ids, StringComparer.Ordinal))
            {
                (await _world.Store.FindAsync(id, CancellationToken.None)).ShouldBeNull("A row that is offered has its bytes.");
            }

            await SweepAsync();
            _world.Artifacts.Ids.ShouldBeEmpty();
            (await _world.Store.FilterUnknownAsync(ids, CancellationToken.None)).ShouldBe(ids);
        }
    }

    [Fact]
    public async Task Sweep_WhenBytesHaveNoRow_DeletesThemAfterAnHour()
    {
        await using (var writer = await _world.Artifacts.CreateAsync("art_unknown", CancellationToken.None))
        {
            await writer.CommitAsync(CancellationToken.None);
        }

        _world.Time.Advance(Pictures.UnadoptedLife - TimeSpan.FromMinutes(1));
        var known = await UploadAsync();
        await SweepAsync(unknown: true);
        _world.Artifacts.Ids.ShouldBe(["art_unknown", known], ignoreOrder: true);
        _world.Time.Advance(TimeSpan.FromMinutes(2));
        await SweepAsync(unknown: true);

        _world.Artifacts.Ids.ShouldBe([known]);
    }

    [Fact]
    public async Task Adopt_WhenDeletionHasBegun_FailsAndAcceptsNothing()
    {
        var submission = await _world.SubmissionAsync();
        var accept = JobTransitions.Accept(submission.Job);
        _world.Time.Advance(Pictures.UnadoptedLife + TimeSpan.FromSeconds(1));
        await _world.Store.MarkDeletingAsync(_world.Time.GetUtcNow(), 10, CancellationToken.None);

        var insert = new Engine.Store.JobInsert(accept.State, accept.Events, null, [submission.Job.Spec.Images[0].Artifact.Id]);
        await Should.ThrowAsync<ArtifactGoneException>(() => _world.Store.InsertAsync(insert, CancellationToken.None));

        _world.Store.Jobs.ShouldBeEmpty();
    }

    private async Task<string> UploadAsync()
    {
        var pictures = _world.NewProcess().Pictures;
        await using var upload = await pictures.BeginAsync("default", ArtifactRole.Source, CancellationToken.None);
        await upload.WriteAsync(Encoding.UTF8.GetBytes("bytes"), CancellationToken.None);
        await pictures.CommitAsync([upload], CancellationToken.None);
        return upload.Id;
    }

    private Task SweepAsync(bool unknown = false)
    {
        var sweeper = new ArtifactSweeper(_world.Store, _world.Artifacts, _world.Time);
        return unknown ? sweeper.SweepUnknownAsync(CancellationToken.None) : sweeper.SweepUnreferencedAsync(CancellationToken.None);
    }
}
