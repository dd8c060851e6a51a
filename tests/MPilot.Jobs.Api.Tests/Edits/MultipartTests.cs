using System.Text;

using MPilot.Jobs.Api.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Edits;

/// <summary>Bodies as bytes: split, cut, oversized, refused early.</summary>
public sealed class MultipartTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Edit_WhenTheBodyComesInAnyPieces_ReadsTheSame(int seed)
    {
        await using var host = await ApiHost.StartAsync();
        var random = new Random(seed);
        var picture = Png.Of(length: 5_000 + random.Next(100_000));
        var form = new Form(new string('b', 60) + "==_" + seed).Picture("image", picture).Text("prompt", "äö\r\n--b").Text("model", "gpt-image-2");
        using var http = new RawHttp(host.Address);

        var body = RawHttp.Chunked(form.ToBytes(), () => 1 + random.Next(random.Next(2) == 0 ? 7 : 9_000));
        await http.WriteAsync(RawHttp.EditHead(host.Address, form.ContentType, "Transfer-Encoding: chunked"));
        for (var at = 0; at < body.Length;)
        {
            var size = Math.Min(1 + random.Next(random.Next(4) == 0 ? 3 : 20_000), body.Length - at);
            await http.WriteAsync(body.AsMemory(at, size));
            at += size;
        }

        (await http.ReadAsync()).Status.ShouldBe(200);
        host.Submitted.Spec.Prompt.ShouldBe("äö\r\n--b");
        host.Artifacts.Bytes[host.Submitted.Spec.Images[0].Artifact.Id].ShouldBe(picture);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(150)]
    [InlineData(230)]
    public async Task Edit_WhenTheBodyIsCutShort_Answers400(int missing)
    {
        await using var host = await ApiHost.StartAsync();
        var form = Form.Minimal();
        var whole = form.ToBytes();

        // The last byte missing is the line end after the final boundary, which nobody needs.
        var answer = await host.EditAsync(whole[..^(missing + 2)], form.ContentType);

        (answer.Status, answer.Code, answer["x-should-retry"]).ShouldBe((400, "invalid_multipart", "false"));
        host.Artifacts.OpenWriters.ShouldBe(0);
        host.Artifacts.Bytes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Edit_WhenTheClientStopsSending_KeepsNothing()
    {
        var host = await ApiHost.StartAsync();
        var artifacts = host.Artifacts;
        var form = Form.Minimal();
        using var http = new RawHttp(host.Address);

        await http.WriteAsync(RawHttp.EditHead(host.Address, form.ContentType, "Content-Length: 5000"));
        await http.WriteAsync(form.Unfinished());
        http.EndSending();
        await Should.ThrowAsync<IOException>(http.ReadAsync);

        // The host ends only after the request did.
        await host.DisposeAsync();
        artifacts.OpenWriters.ShouldBe(0);
        artifacts.Bytes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Edit_WhenChunksAreMalformed_Answers400()
    {
        await using var host = await ApiHost.StartAsync();
        var form = Form.Minimal();
        using var http = new RawHttp(host.Address);

        await http.WriteAsync(RawHttp.EditHead(host.Address, form.ContentType, "Transfer-Encoding: chunked"));
        await http.WriteAsync(Encoding.ASCII.GetBytes("zz\r\n"));

        (await http.ReadAsync()).Code.ShouldBe("invalid_multipart");
    }

    [Fact]
    public async Task Edit_WhenAnyByteIsWrong_NeverFails()
    {
        await using var host = await ApiHost.StartAsync();
        var form = Form.Minimal().Text("fallbacks[0][provider]", "other").Text("fallbacks[0][model]", "a").Text("metadata", "{\"k\":\"v\"}").Picture("mask", Png.Of());
        var random = new Random(17);

        for (var round = 0; round < 300; round++)
        {
            var body = form.ToBytes();
            for (var hits = random.Next(4); hits >= 0; hits--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            var answer = await host.EditAsync(body, form.ContentType);
            answer.Status.ShouldBeOneOf(200, 400, 404);
        }

        host.Artifacts.OpenWriters.ShouldBe(0);
    }

    [Theory]
    [InlineData("multipart/form-data", 400, "invalid_multipart")]
    [InlineData("multipart/form-data; boundary=\"\"", 400, "invalid_multipart")]
    [InlineData("multipart/form-data; boundary=other", 400, "invalid_multipart")]
    [InlineData("application/json", 400, "invalid_json")]
    [InlineData("application/json; charset=utf-8", 400, "invalid_json")]
    [InlineData("application/json; charset=\"UTF-8\"", 400, "invalid_json")]
    [InlineData("application/vnd.mpilot+json", 400, "invalid_json")]
    [InlineData("application/json; charset=utf-16", 415, "unsupported_media_type")]
    [InlineData("application/json; charset=latin1", 415, "unsupported_media_type")]
    [InlineData("text/json", 415, "unsupported_media_type")]
    [InlineData("application/x-www-form-urlencoded", 415, "unsupported_media_type")]
    [InlineData("image/png", 415, "unsupported_media_type")]
    public async Task Edit_WhenTheContentTypeDoesNotFit_IsRefused(string contentType, int status, string code)
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.EditAsync(Form.Minimal().ToBytes(), contentType);

        (answer.Status, answer.Code, answer.Param).ShouldBe((status, code, null));
    }

    [Theory]
    [InlineData(200, 200)]
    [InlineData(201, 400)]
    public async Task Edit_WhenTheBoundaryIsLong_EndsAtItsLimit(int length, int status)
    {
        await using var host = await ApiHost.StartAsync();
        var form = new Form(new string('x', length)).Text("model", "gpt-image-2").Text("prompt", "p").Picture("image", Png.Of());

        (await host.EditAsync(form)).Status.ShouldBe(status);
    }

    [Fact]
    public async Task Edit_WhenThereIsNoContentType_Answers415()
    {
        await using var host = await ApiHost.StartAsync();

        (await host.SendAsync(HttpMethod.Post, "/v1/images/edits", null)).Status.ShouldBe(415);
    }

    [Fact]
    public async Task Edit_WhenAPartHasHugeHeaders_IsRefused()
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.EditAsync(new Form().Part($"Content-Disposition: form-data; name=\"a\"\r\nX-Filler: {new string('f', 17_000)}", []));

        (answer.Status, answer.Code).ShouldBe((400, "invalid_multipart"));
    }

    [Fact]
    public async Task Edit_WhenAPartHasNoName_IsRefused()
    {
        await using var host = await ApiHost.StartAsync();

        (await host.EditAsync(new Form().Part("Content-Type: text/plain", [1]))).Code.ShouldBe("invalid_multipart");
    }

    [Theory]
    [InlineData(125, 200)]
    [InlineData(126, 413)]
    public async Task Edit_WhenPartsAreMany_EndsAtTheirLimit(int more, int status)
    {
        await using var host = await ApiHost.StartAsync();
        var form = Form.Minimal();
        for (var i = 0; i < more; i++)
        {
            form.Text("user", "");
        }

        (await host.EditAsync(form)).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData(256 << 10, 200)]
    [InlineData((256 << 10) + 1, 413)]
    public async Task Edit_WhenATextIsLong_EndsAtItsLimit(int length, int status)
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.EditAsync(Form.Minimal().Text("negative_prompt", new string('n', length)));

        answer.Status.ShouldBe(status);
    }

    [Fact]
    public async Task Edit_WhenAllTextsAreLong_IsRefused()
    {
        await using var host = await ApiHost.StartAsync();
        var form = Form.Minimal();
        for (var i = 0; i < 5; i++)
        {
            form.Text($"x{i}", new string('n', 255 << 10));
        }

        var answer = await host.EditAsync(form);

        (answer.Status, answer.Code).ShouldBe((413, "body_too_large"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Edit_WhenTheBodyIsOverTheLimit_Answers413(bool chunked)
    {
        await using var host = await ApiHost.StartAsync(o => o.Http.MaxBodyBytes = 100_000);
        var form = Form.Minimal().Picture("image", Png.Of(length: 150_000));
        var body = form.ToBytes();
        using var http = new RawHttp(host.Address);

        await http.WriteAsync(RawHttp.EditHead(host.Address, form.ContentType, chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {body.Length}"));
        await http.WriteAsync(chunked ? RawHttp.Chunked(body, () => 10_000) : body);
        var answer = await http.ReadAsync();

        (answer.Status, answer.Code, answer.Param).ShouldBe((413, "body_too_large", null));
        host.Artifacts.OpenWriters.ShouldBe(0);
    }

    [Fact]
    public async Task Edit_WhenRefusedBeforeTheBodyIsRead_AnswersOnceAllIsSent()
    {
        await using var host = await ApiHost.StartAsync();
        var form = Form.Minimal().Picture("image", Png.Of(length: 20 << 20));
        var body = form.ToBytes();
        using var http = new RawHttp(host.Address);

        // A plain client: it sends everything before it looks for the answer.
        await http.WriteAsync(RawHttp.EditHead(host.Address, form.ContentType, $"Content-Length: {body.Length}", "Origin: https://evil.example"));
        await http.WriteAsync(body);
        var answer = await http.ReadAsync();

        (answer.Status, answer.Code, answer["Connection"]).ShouldBe((403, "origin_not_allowed", "close"));
        host.Artifacts.Bytes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Edit_WhenARefusedClientSendsForEver_IsCutOff()
    {
        await using var host = await ApiHost.StartAsync(o => o.Http.DrainBytes = 100_000);
        using var http = new RawHttp(host.Address);
        await http.WriteAsync(RawHttp.EditHead(host.Address, "image/gif", "Content-Length: 1000000000"));
        var block = new byte[64 << 10];

        await Should.ThrowAsync<IOException>(async () =>
        {
            for (var sent = 0L; sent < 1_000_000_000; sent += block.Length)
            {
                await http.WriteAsync(block);
            }
        });
    }

    [Fact]
    public async Task Edit_WhenARefusedClientStalls_IsCutOffInTime()
    {
        await using var host = await ApiHost.StartAsync();
        using var http = new RawHttp(host.Address);
        await http.WriteAsync(RawHttp.EditHead(host.Address, "image/gif", "Content-Length: 1000"));
        (await http.ReadAsync()).Status.ShouldBe(415);

        var end = http.ReadHeadAsync();
        var cut = end.ContinueWith(t => t.IsFaulted, TaskScheduler.Default);

        (await host.Time.PumpUntilAsync(cut, TimeSpan.FromMinutes(1))).ShouldBeTrue();
    }

    [Fact]
    public async Task Edit_WhenTheClientExpectsContinue_IsToldToGoOn()
    {
        await using var host = await ApiHost.StartAsync();
        var form = Form.Minimal();
        var body = form.ToBytes();
        using var http = new RawHttp(host.Address);

        await http.WriteAsync(RawHttp.EditHead(host.Address, form.ContentType, $"Content-Length: {body.Length}", "Expect: 100-continue"));
        (await http.ReadHeadAsync()).ShouldStartWith("HTTP/1.1 100 ");
        await http.WriteAsync(body);

        (await http.ReadAsync()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Edit_WhenRefusedClientExpectsContinue_IsAnsweredAtOnce()
    {
        await using var host = await ApiHost.StartAsync();
        using var http = new RawHttp(host.Address);

        await http.WriteAsync(RawHttp.EditHead(host.Address, Form.Minimal().ContentType, "Content-Length: 500000000", "Expect: 100-continue"));

        (await http.ReadAsync()).Status.ShouldBe(413);
    }

    [Fact]
    public async Task Edit_WhenAConnectionIsReused_ReadsTheNextRequest()
    {
        await using var host = await ApiHost.StartAsync();
        var form = Form.Minimal().Text("n", "0");
        var good = Form.Minimal();
        using var http = new RawHttp(host.Address);

        foreach (var (next, status) in new[] { (form, 400), (good, 200), (form, 400) })
        {
            var body = next.ToBytes();
            await http.WriteAsync(RawHttp.EditHead(host.Address, next.ContentType, $"Content-Length: {body.Length}"));
            await http.WriteAsync(body);
            (await http.ReadAsync()).Status.ShouldBe(status);
        }
    }

    [Fact]
    public async Task Edit_WhenFileNamesTellPaths_NeverShowsThem()
    {
        await using var host = await ApiHost.StartAsync();
        var form = Form.Minimal().Part("Content-Disposition: form-data; name=\"image\"; filename=\"/private/secret/a.png\"", Encoding.ASCII.GetBytes("no picture"));

        (await host.EditAsync(form)).Text.ShouldNotContain("secret");
    }
}
