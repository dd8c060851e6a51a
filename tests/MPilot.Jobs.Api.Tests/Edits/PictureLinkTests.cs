using System.IO.Compression;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Edits;

/// <summary>Pictures behind URLs, fetched from a server on loopback that the operator allows.</summary>
public sealed class PictureLinkTests : IAsyncLifetime
{
    private const string CannotBeFetched = "images[1] could not be fetched: its URL must answer with the picture itself, from a public address.";

    private PictureHost _pictures = null!;
    private ApiHost _host = null!;

    public async Task InitializeAsync()
    {
        _pictures = await PictureHost.StartAsync();
        _host = await ApiHost.StartAsync(o =>
        {
            o.Pictures.MaxBytes = 200_000;
            o.Http.FetchPrivateHosts = true;
            o.Http.FetchPorts = [_pictures.Address.Port];
        });
        _pictures.Answers["/a.png"] = http => http.Response.Body.WriteAsync(Png.Of(1, length: 90_000)).AsTask();
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _pictures.DisposeAsync();
    }

    [Fact]
    public async Task Edit_WhenPicturesAreBehindUrls_TakesThemInOrder()
    {
        // The first four only answer together; no fifth may come while they wait.
        var (running, peak, four) = (0, 0, new TaskCompletionSource());
        for (var i = 2; i <= 9; i++)
        {
            var picture = Png.Of(i);
            _pictures.Answers[$"/{i}"] = async http =>
            {
                var now = Interlocked.Increment(ref running);
                lock (four)
                {
                    peak = Math.Max(peak, now);
                }

                _ = now < 4 || four.TrySetResult();
                await four.Task;
                Interlocked.Decrement(ref running);
                await http.Response.Body.WriteAsync(picture);
            };
        }

        var urls = string.Join(',', Enumerable.Range(2, 8).Select(i => $"\"{_pictures.UrlOf($"/{i}?sig=1#f")}\""));
        var answer = await _host.JsonAsync(
            $$$"""{"images":[{{{urls}}},"{{{Convert.ToBase64String(Png.Of(10))}}}"],"mask":{"image_url":{"url":"{{{_pictures.UrlOf("/2")}}}"}},"model":"gpt-image-2","prompt":"p"}""");

        answer.Status.ShouldBe(200, answer.Text);
        _host.Submitted.Spec.Images.Select(i => i.Facts.Stored.Width).ShouldBe(Enumerable.Range(2, 9));
        _host.Submitted.Spec.Mask!.Facts.Stored.Width.ShouldBe(2);
        peak.ShouldBe(4);
    }

    [Fact]
    public async Task Edit_WhenAFormHasAUrl_TakesThePicture()
    {
        var form = new Form().Text("model", "gpt-image-2").Text("image", $" {_pictures.UrlOf("/a.png")} ").Text("prompt", "p");

        var answer = await _host.EditAsync(form, ("Authorization", "Bearer secret"), ("Cookie", "a=b"), ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        answer.Status.ShouldBe(200, answer.Text);
        _host.Artifacts.Bytes[_host.Submitted.Spec.Images[0].Artifact.Id].ShouldBe(Png.Of(1, length: 90_000));
        var sent = _pictures.Requests["/a.png"];
        sent.Keys.ShouldBe(["Host", "Accept", "Accept-Encoding", "User-Agent"], ignoreOrder: true);
        (sent["Accept-Encoding"], sent["User-Agent"]).ShouldBe(("identity", "MPilot.Jobs"));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(304)]
    [InlineData(204)]
    [InlineData(206)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Edit_WhenTheHostAnswersOtherwise_SaysNothingOfIt(int status)
    {
        _pictures.Answers["/odd"] = http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = status < 400 ? "http://169.254.169.254/latest/meta-data/" : "";
            return Task.CompletedTask;
        };

        await RefusedAsync("/odd?secret=1", CannotBeFetched);
    }

    [Fact]
    public async Task Edit_WhenTheHostRedirectsToAPicture_DoesNotFollow()
    {
        _pictures.Answers["/moved"] = http =>
        {
            http.Response.Redirect("/a.png");
            return Task.CompletedTask;
        };

        await RefusedAsync("/moved", CannotBeFetched);
        _pictures.Requests.Keys.ShouldBe(["/moved"]);
    }

    [Fact]
    public async Task Edit_WhenThePictureIsAPage_SaysSoWithoutItsWords()
    {
        _pictures.Answers["/page"] = http =>
        {
            http.Response.ContentType = "image/png";
            return http.Response.WriteAsync("<html>internal secret</html>");
        };

        await RefusedAsync("/page", "images[1] is not a png, jpeg or webp picture.");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(26)]
    public async Task Edit_WhenThePictureIsCutShort_IsRefused(int length)
    {
        _pictures.Answers["/cut"] = async http =>
        {
            http.Response.ContentLength = 90_000;
            await http.Response.Body.WriteAsync(Png.Of(1, length: 90_000).AsMemory(0, length));
            await http.Response.Body.FlushAsync();
            http.Abort();
        };

        await RefusedAsync("/cut", CannotBeFetched);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Edit_WhenThePictureIsTooLarge_IsRefusedByCount(bool tellsItsLength)
    {
        _pictures.Answers["/large"] = async http =>
        {
            http.Response.ContentLength = tellsItsLength ? 1L << 30 : null;
            try
            {
                for (var i = 0; i < 1 << 14; i++)
                {
                    await http.Response.Body.WriteAsync(i == 0 ? Png.Of(length: 64 << 10) : new byte[64 << 10], http.RequestAborted);
                }
            }
            catch (OperationCanceledException)
            {
                // As soon as it is too much nobody reads on.
            }
        };

        await RefusedAsync("/large", "images[1] is larger than 200000 bytes.");
    }

    [Fact]
    public async Task Edit_WhenTheAnswerIsCompressed_IsRefusedUnread()
    {
        using var bomb = new MemoryStream();
        await using (var gzip = new GZipStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Png.Of(length: 16 << 20));
        }

        _pictures.Answers["/bomb"] = http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            return http.Response.Body.WriteAsync(bomb.ToArray()).AsTask();
        };

        await RefusedAsync("/bomb", CannotBeFetched);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Edit_WhenTheHostDrips_GivesUpInTime(bool sendsItsHead)
    {
        _pictures.Answers["/drip"] = async http =>
        {
            if (sendsItsHead)
            {
                await http.Response.Body.WriteAsync(Png.Of(1).AsMemory(0, 9));
                await http.Response.Body.FlushAsync();
            }

            var gone = new TaskCompletionSource();
            await using var _ = http.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        };
        _host.Options.Http.FetchHeaderTime = sendsItsHead ? TimeSpan.FromHours(20) : TimeSpan.FromSeconds(10);
        _host.Options.Http.FetchTime = sendsItsHead ? TimeSpan.FromSeconds(60) : TimeSpan.FromHours(20);

        await _host.Time.PumpUntilAsync(RefusedAsync("/drip", "images[1] could not be fetched in time."), TimeSpan.FromMinutes(2));
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[fd00:ec2::254]/latest/meta-data/")]
    [InlineData("http://100.100.100.200/")]
    [InlineData("http://2852039166/")]
    [InlineData("http://0xa9fea9fe/")]
    [InlineData("http://0251.0376.0251.0376/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://224.0.0.1/")]
    [InlineData("https://no-such-host.invalid/")]
    public async Task Edit_WhenTheHostIsNobodysToAllow_IsRefused(string url)
    {
        var answer = await _host.JsonAsync($$"""{"images":["{{Convert.ToBase64String(Png.Of())}}","{{url}}"],"model":"gpt-image-2","prompt":"p"}""");

        (answer.Status, answer.Mistakes.ShouldHaveSingleItem()).ShouldBe((400, "invalid_image_file:images[1]"));
        answer.Error.GetProperty("message").GetString().ShouldBe(CannotBeFetched);
    }

    [Fact]
    public async Task Edit_WhenTheRequestIsRefusedAnyway_FetchesNothing()
    {
        var answer = await _host.JsonAsync($$"""{"images":["{{_pictures.UrlOf("/a.png")}}",5],"model":"gpt-image-2","prompt":"p"}""");

        answer.Mistakes[0].ShouldBe("invalid_value:images[1]");
        _pictures.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Edit_WhenFetchingIsOff_IsRefusedByName()
    {
        _host.Options.Http.FetchPictures = false;

        var answer = await _host.JsonAsync($$"""{"image":"{{_pictures.UrlOf("/a.png")}}","model":"gpt-image-2","prompt":"p"}""");

        answer.Mistakes[0].ShouldBe("unsupported_parameter:image");
        _pictures.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Edit_WhenPrivateHostsAreNotAllowed_NeitherHttpNorLoopbackIsReached()
    {
        _host.Options.Http.FetchPrivateHosts = false;
        foreach (var url in new[] { _pictures.UrlOf("/a.png"), _pictures.UrlOf("/a.png").Replace("http:", "https:", StringComparison.Ordinal), $"https://localhost:{_pictures.Address.Port}/a.png" })
        {
            (await _host.JsonAsync($$"""{"image":"{{url}}","model":"gpt-image-2","prompt":"p"}""")).Mistakes[0].ShouldBe("invalid_image_file:image");
        }

        _pictures.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("AAAA", "invalid_image_file:mask")]
    [InlineData("not base64!", "invalid_image_file:mask")]
    [InlineData("data:image/png;base64,####", "invalid_image_file:mask")]
    [InlineData("gopher://example.com/", "invalid_image_file:mask")]
    public async Task Edit_WhenATextPartIsNoPicture_IsRefused(string text, string mistake)
        => (await _host.EditAsync(Form.Minimal().Text("mask", text))).Mistakes.ShouldBe([mistake]);

    [Theory]
    [InlineData(200_000, 200)]
    [InlineData(200_001, 413)]
    public async Task Edit_WhenATextPartIsLarge_EndsAtItsLimit(int length, int status)
    {
        var form = new Form().Text("model", "gpt-image-2").Text("prompt", "p").Text("images", "data:image/png;base64," + Convert.ToBase64String(Png.Of(length: length)));

        var answer = await _host.EditAsync(form);

        answer.Status.ShouldBe(status, answer.Text);
        if (status == 413)
        {
            (answer.Code, answer.Param).ShouldBe(("body_too_large", "image"));
        }
    }

    private async Task RefusedAsync(string path, string message)
    {
        var url = _pictures.UrlOf(path);

        var answer = await _host.JsonAsync($$"""{"images":["{{Convert.ToBase64String(Png.Of())}}",{"url":"{{url}}"}],"model":"gpt-image-2","prompt":"p"}""");

        (answer.Status, answer.Mistakes.ShouldHaveSingleItem()).ShouldBe((400, "invalid_image_file:images[1]"));
        answer.Error.GetProperty("message").GetString().ShouldBe(message);
        answer.Text.ShouldNotContain("secret");
        _host.Artifacts.OpenWriters.ShouldBe(0);
        _host.Artifacts.Bytes.ShouldBeEmpty();
    }
}
