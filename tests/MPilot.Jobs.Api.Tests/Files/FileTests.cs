using System.Text;

using MPilot.Jobs.Api.Tests.Support;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Artifacts;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Files;

/// <summary>Pictures uploaded once.</summary>
public sealed class FileTests : IAsyncLifetime
{
    private static readonly byte[] Picture = Png.Of(16, 12, length: 40_000);

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync(o => o.Pictures.MaxBytes = 200_000);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Post_WhenAPictureComes_AnswersLikeOpenAi()
    {
        var answer = await UploadAsync(Upload());

        answer.Status.ShouldBe(200, answer.Text);
        var id = answer.Json.GetProperty("id").GetString()!;
        id.ShouldMatch("^file_[0-9a-f]{32}$");
        var created = ManualTime.Start.ToUnixTimeSeconds();
        answer.Text.ShouldBe(
            $$"""{"id":"{{id}}","object":"file","bytes":40000,"created_at":{{created}},"expires_at":{{created + (30 * 86_400)}},"filename":"picture.png","purpose":"vision","status":"processed"}""");
        (await _host.GetAsync($"/v1/files/{id}")).Text.ShouldBe(answer.Text);
    }

    [Fact]
    public async Task Post_WhenTheFileHasAName_KeepsItNowhere()
    {
        var form = new Form().Part("Content-Disposition: form-data; name=\"file\"; filename=\"/photos/ann/private.png\"", Picture).Text("purpose", "user_data");

        var answer = await UploadAsync(form);

        (answer.Status, answer.Text.Contains("private", StringComparison.Ordinal)).ShouldBe((200, false));
    }

    [Theory]
    [InlineData("", "missing_field:purpose")]
    [InlineData("batch", "unsupported_parameter:purpose")]
    [InlineData("fine-tune", "invalid_value:purpose")]
    public async Task Post_WhenThePurposeCannotBe_IsRefused(string purpose, string mistake)
    {
        var answer = await UploadAsync(Upload(purpose));

        (answer.Status, answer.Mistakes.ShouldHaveSingleItem()).ShouldBe((400, mistake));
        NothingIsLeft();
    }

    [Fact]
    public async Task Post_WhenTheFileIsMissing_IsRefused()
        => (await UploadAsync(new Form().Text("purpose", "vision"))).Mistakes.ShouldBe(["missing_field:file"]);

    [Fact]
    public async Task Post_WhenTheFileIsNoPicture_IsRefused()
    {
        var answer = await UploadAsync(new Form().Text("purpose", "vision").Picture("file", Encoding.UTF8.GetBytes("{\"custom_id\":1}")));

        (answer.Status, answer.Mistakes.ShouldHaveSingleItem()).ShouldBe((400, "invalid_image_file:file"));
        answer.Error.GetProperty("message").GetString().ShouldBe("The file is not a png, jpeg or webp picture.");
        NothingIsLeft();
    }

    [Fact]
    public async Task Post_WhenThereAreTwoFilesOrUnknownFields_IsRefused()
    {
        (await UploadAsync(Upload().Picture("file", Picture))).Mistakes.ShouldBe(["invalid_value:file"]);
        (await UploadAsync(Upload().Text("expires_after[anchor]", "created_at"))).Mistakes.ShouldBe(["unsupported_parameter:expires_after[anchor]"]);
        (await UploadAsync(Upload().Picture("image", Picture))).Mistakes.ShouldBe(["unsupported_parameter:image"]);
        NothingIsLeft();
    }

    [Fact]
    public async Task Post_WhenTheFileIsTooLarge_Answers413()
    {
        var answer = await UploadAsync(new Form().Text("purpose", "vision").Picture("file", Png.Of(length: 200_001)));

        (answer.Status, answer.Code, answer.Param).ShouldBe((413, "body_too_large", "file"));
        NothingIsLeft();
    }

    [Fact]
    public async Task Post_WhenItIsNoForm_Answers415()
        => (await _host.SendAsync(HttpMethod.Post, "/v1/files", new StringContent("{}", Encoding.UTF8, "application/json"))).Status.ShouldBe(415);

    [Fact]
    public async Task Content_WhenAsked_IsServedSafely()
    {
        var id = await FileAsync();

        var answer = await _host.GetAsync($"/v1/files/{id}/content", ("Range", "bytes=10-"));

        answer.Status.ShouldBe(206);
        answer.Body.ShouldBe(Picture[10..]);
        answer["Content-Type"].ShouldBe("image/png");
        answer["X-Content-Type-Options"].ShouldBe("nosniff");
        answer["Content-Security-Policy"].ShouldBe("default-src 'none'; sandbox");
        answer["Content-Disposition"].ShouldBe("inline; filename=\"picture.png\"");
        answer["Cache-Control"]!.Split(", ").ShouldBe(["private", "no-store"], ignoreOrder: true);
    }

    [Fact]
    public async Task List_WhenPaged_GoesThroughAll()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await FileAsync(i == 2 ? "user_data" : "vision"));
            _host.Time.Advance(TimeSpan.FromSeconds(1));
        }

        ids.Reverse();
        await ListsAsync("", false, ids);
        await ListsAsync("?limit=2", true, ids[..2]);
        await ListsAsync($"?limit=2&after={ids[1]}", true, ids[2..4]);
        await ListsAsync($"?limit=2&after={ids[3]}", false, ids[4..]);
        await ListsAsync("?purpose=user_data", false, [ids[2]]);
        await ListsAsync("?purpose=assistants", false, []);
        await ListsAsync($"?order=asc&limit=2&after={ids[4]}", true, [ids[3], ids[2]]);
        (await _host.GetAsync("/v1/files?purpose=assistants")).Text.ShouldBe("""{"object":"list","data":[],"has_more":false}""");
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=x", "limit")]
    [InlineData("order=up", "order")]
    [InlineData("purpose=nothing", "purpose")]
    public async Task List_WhenAskedWrongly_NamesTheField(string query, string param)
    {
        var answer = await _host.GetAsync($"/v1/files?{query}");

        (answer.Status, answer.Param).ShouldBe((400, param));
    }

    [Fact]
    public async Task Delete_WhenDone_TheFileIsNoMore()
    {
        var id = await FileAsync();

        (await _host.SendAsync(HttpMethod.Delete, $"/v1/files/{id}", null)).Text.ShouldBe($$"""{"id":"{{id}}","object":"file","deleted":true}""");

        (await _host.SendAsync(HttpMethod.Delete, $"/v1/files/{id}", null)).Status.ShouldBe(404);
        (await _host.GetAsync($"/v1/files/{id}")).Status.ShouldBe(404);
        (await _host.GetAsync($"/v1/files/{id}/content")).Code.ShouldBe("not_found");
        (await EditAsync(id)).Mistakes.ShouldBe(["invalid_image_file:images[0]"]);
    }

    [Fact]
    public async Task Edit_WhenItRefersToAFile_UsesItsPicture()
    {
        var id = await FileAsync();
        var artifact = _host.Store.Files.Single().Picture.Artifact;
        _host.Time.Advance(TimeSpan.FromDays(29));

        (await EditAsync(id)).Status.ShouldBe(200);
        (await EditAsync(id, mask: id)).Status.ShouldBe(200);

        _host.Jobs.Submissions.ShouldAllBe(s => s.Job.Spec.Images.Single().Artifact == artifact);
        _host.Submitted.Spec.Mask!.Artifact.ShouldBe(artifact with { Role = ArtifactRole.Mask });
        _host.Artifacts.Writers.Count.ShouldBe(1, "nothing was stored again");
    }

    [Fact]
    public async Task Edit_WhenTheSameBytesComeAsAFile_HasTheSameFingerprint()
    {
        var id = await FileAsync();

        await EditAsync(id);
        await _host.JsonAsync($$"""{"image":"{{Convert.ToBase64String(Picture)}}","model":"gpt-image-2","prompt":"p"}""");

        _host.Jobs.Submissions.Select(s => Engine.Jobs.EditFingerprint.Of(s.Job, null)).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Edit_WhenTheFileHasExpired_IsRefused()
    {
        var id = await FileAsync();
        _host.Time.Advance(TimeSpan.FromDays(30));

        var answer = await EditAsync(id);

        (answer.Status, answer.Mistakes.ShouldHaveSingleItem()).ShouldBe((400, "invalid_image_file:images[0]"));
        (await _host.GetAsync($"/v1/files/{id}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Edit_WhenTheFileIsAnothers_IsRefusedAsIfThereWereNone()
    {
        await FileAsync();
        var theirs = _host.Store.Files.Single() with { Id = "file_theirs", Tenant = "shop-b" };
        _host.Store.Put(new ArtifactRecord("shop-b", theirs.Picture.Artifact, ManualTime.Start));
        await _host.Store.AddAsync(theirs, default);

        var unknown = await EditAsync("file_unknown");
        var answer = await EditAsync(theirs.Id);

        answer.Error.GetProperty("message").GetString().ShouldBe(unknown.Error.GetProperty("message").GetString());
        foreach (var path in new[] { "", "/content" })
        {
            (await _host.GetAsync($"/v1/files/{theirs.Id}{path}")).Status.ShouldBe(404);
        }

        (await _host.SendAsync(HttpMethod.Delete, $"/v1/files/{theirs.Id}", null)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Edit_WhenThePictureVanishesMeanwhile_IsRefusedByName()
    {
        var id = await FileAsync();
        _host.Store.Forget(_host.Store.Files.Single().Picture.Artifact.Id);

        var answer = await EditAsync(id);

        (answer.Status, answer.Code, answer.Param).ShouldBe((400, "invalid_image_file", "images[0]"));
    }

    [Fact]
    public async Task Edit_WhenFileAndTwoJobsShareAPicture_ItDiesAfterAllOfThem()
    {
        var sweeper = new ArtifactSweeper(_host.Store, _host.Artifacts, _host.Time);
        _host.Jobs.Outcome = (_, _) => null;
        var id = await FileAsync();
        await EditAsync(id, preference: "respond-async");
        await EditAsync(id, preference: "respond-async");
        await _host.SendAsync(HttpMethod.Delete, $"/v1/files/{id}", null);

        await sweeper.SweepUnreferencedAsync(default);
        _host.Artifacts.Ids.Count.ShouldBe(1);

        foreach (var job in _host.Store.Jobs)
        {
            await _host.Store.SaveAsync(new(job with { Version = job.Version + 1 }, [], [], _host.Time.GetUtcNow().AddHours(24)), default);
        }

        _host.Time.Advance(TimeSpan.FromHours(23));
        await sweeper.SweepUnreferencedAsync(default);
        _host.Artifacts.Ids.Count.ShouldBe(1);

        _host.Time.Advance(TimeSpan.FromHours(2));
        await sweeper.SweepUnreferencedAsync(default);
        _host.Artifacts.Bytes.ShouldBeEmpty();
    }

    private static Form Upload(string purpose = "vision") => new Form().Text("purpose", purpose).Picture("file", Picture);

    private Task<Answer> UploadAsync(Form form)
    {
        var content = new ByteArrayContent(form.ToBytes());
        content.Headers.TryAddWithoutValidation("Content-Type", form.ContentType);
        return _host.SendAsync(HttpMethod.Post, "/v1/files", content);
    }

    private async Task<string> FileAsync(string purpose = "vision") => (await UploadAsync(Upload(purpose))).Json.GetProperty("id").GetString()!;

    private Task<Answer> EditAsync(string file, string? mask = null, string? preference = null)
    {
        var more = mask is null ? "" : $$""","mask":{"file_id":"{{mask}}"}""";
        return _host.JsonAsync(
            $$$"""{"images":[{"file_id":"{{{file}}}"}],"model":"gpt-image-2","prompt":"p"{{{more}}}}""", ("Prefer", preference ?? "wait=60"));
    }

    private async Task ListsAsync(string query, bool hasMore, List<string> ids)
    {
        var page = (await _host.GetAsync($"/v1/files{query}")).Json;
        page.GetProperty("data").EnumerateArray().Select(f => f.GetProperty("id").GetString()!).ShouldBe(ids);
        page.GetProperty("has_more").GetBoolean().ShouldBe(hasMore);
        (page.TryGetProperty("first_id", out var first) ? first.GetString() : null).ShouldBe(ids.FirstOrDefault());
        (page.TryGetProperty("last_id", out var last) ? last.GetString() : null).ShouldBe(ids.LastOrDefault());
    }

    private void NothingIsLeft()
    {
        _host.Store.Files.ShouldBeEmpty();
        _host.Artifacts.Bytes.ShouldBeEmpty();
        _host.Artifacts.OpenWriters.ShouldBe(0);
    }
}
