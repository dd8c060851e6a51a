using System.Security.Cryptography;
using System.Text;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Artifacts;

public sealed class PicturesTests
{
    private readonly World _world = new();

    [Fact]
    public async Task Commit_WhenUploadsAreUsable_DescribesThemInOrderAndEntersThemForAnHour()
    {
        var pictures = _world.NewProcess().Pictures;
        await using var first = await UploadAsync(pictures, "fi", "rst");
        await using var second = await UploadAsync(pictures, "second");

        var committed = await pictures.CommitAsync([first, second], CancellationToken.None);

        committed.Select(p => p.Artifact.Id).ShouldBe([first.Id, second.Id]);
        committed[0].Artifact.ShouldBe(new(first.Id, ArtifactRole.Source, "image/png", 5, Sha256("first")));
        using var reader = new StreamReader(await pictures.OpenAsync(committed[1].Artifact, CancellationToken.None));
        (await reader.ReadToEndAsync()).ShouldBe("second");
        (await _world.Store.FindAsync(first.Id, CancellationToken.None))!.Until.ShouldBe(_world.Time.GetUtcNow() + Pictures.UnadoptedLife);
    }

    [Fact]
    public async Task Write_WhenBytesCannotBecomeAPicture_SaysSoAndStoresNoMore()
    {
        var pictures = _world.NewProcess().Pictures;
        await using (var upload = await pictures.BeginAsync("default", ArtifactRole.Source, CancellationToken.None))
        {
            (await upload.WriteAsync(Encoding.UTF8.GetBytes(PermissiveProbe.Unusable), CancellationToken.None)).ShouldBeFalse();
            upload.Finding.ShouldBeOfType<PictureFinding.Unusable>();
            await Should.ThrowAsync<InvalidOperationException>(() => pictures.CommitAsync([upload], CancellationToken.None));
        }

        _world.Artifacts.Ids.ShouldBeEmpty();
        _world.Artifacts.OpenWriters.ShouldBe(0);
    }

    [Fact]
    public async Task Commit_WhenOneUploadIsUnusable_CommitsNone()
    {
        var pictures = _world.NewProcess().Pictures;
        await using var good = await UploadAsync(pictures, "good");
        await using var bad = await UploadAsync(pictures, PermissiveProbe.Unusable);

        await Should.ThrowAsync<InvalidOperationException>(() => pictures.CommitAsync([good, bad], CancellationToken.None));

        _world.Artifacts.Ids.ShouldBeEmpty();
    }

    [Fact]
    public async Task Commit_WhenTheLedgerIsAway_FailsForAnUploadAndWaitsForABoughtPicture()
    {
        var pictures = _world.NewProcess(Faults.UnavailableAt(1, afterCommit: false)).Pictures;
        await using var upload = await UploadAsync(pictures, "upload");
        await Should.ThrowAsync<StoreUnavailableException>(() => pictures.CommitAsync([upload], CancellationToken.None));

        var patient = _world.NewProcess(Faults.UnavailableAt(1, afterCommit: true)).Pictures;
        await using var bought = await UploadAsync(patient, "bought");
        await _world.PumpUntilAsync(patient.CommitBoughtAsync([bought], CancellationToken.None));

        (await _world.Store.FindAsync(upload.Id, CancellationToken.None)).ShouldBeNull();
        (await _world.Store.FindAsync(bought.Id, CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Commit_WhenItIsAPreview_DoesNotWaitForTheDiskAndOwnsItselfForItsOwnTime()
    {
        _world.Options.Retention.Previews = TimeSpan.FromMinutes(7);
        var pictures = _world.NewProcess().Pictures;
        await using var preview = await UploadAsync(pictures, ArtifactRole.Preview, "preview");
        await using var result = await UploadAsync(pictures, ArtifactRole.Result, "result");

        await pictures.CommitAsync([preview], CancellationToken.None);
        await pictures.CommitBoughtAsync([result], CancellationToken.None);

        _world.Artifacts.Writers.Select(w => w.IsFlushed).ShouldBe([false, true]);
        (await _world.Store.FindAsync(preview.Id, CancellationToken.None))!.Until.ShouldBe(_world.Time.GetUtcNow() + TimeSpan.FromMinutes(7));
        (await _world.Store.FindAsync(result.Id, CancellationToken.None))!.Until.ShouldBe(_world.Time.GetUtcNow() + Pictures.UnadoptedLife);
    }

    [Fact]
    public async Task Open_WhenACrashCutTheBytesShort_IsGone()
    {
        var pictures = _world.NewProcess().Pictures;
        await using var preview = await UploadAsync(pictures, ArtifactRole.Preview, "preview");
        var committed = await pictures.CommitAsync([preview], CancellationToken.None);
        _world.Artifacts.Put(preview.Id, Encoding.UTF8.GetBytes("pre"));

        await Should.ThrowAsync<ArtifactGoneException>(async () => await pictures.OpenAsync(committed[0].Artifact, CancellationToken.None));
    }

    private static Task<PictureUpload> UploadAsync(Pictures pictures, params string[] chunks) => UploadAsync(pictures, ArtifactRole.Source, chunks);

    private static async Task<PictureUpload> UploadAsync(Pictures pictures, ArtifactRole role, params string[] chunks)
    {
        var upload = await pictures.BeginAsync("default", role, CancellationToken.None);
        foreach (var chunk in chunks)
        {
            await upload.WriteAsync(Encoding.UTF8.GetBytes(chunk), CancellationToken.None);
        }

        return upload;
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
