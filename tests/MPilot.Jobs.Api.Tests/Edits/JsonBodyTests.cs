using System.Text;
using System.Text.Json;

using MPilot.Jobs.Api.Tests.Support;
using MPilot.Jobs.Domain.Edits;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Edits;

/// <summary>The same edits as JSON.</summary>
public sealed class JsonBodyTests : IAsyncLifetime
{
    private const string Wish = "\"model\":\"gpt-image-2\",\"prompt\":\"p\"";
    private static readonly string Small = Convert.ToBase64String(Png.Of());
    private static readonly string Large = Convert.ToBase64String(Png.Of(length: 60_001));

    private ApiHost _host = null!;

    private EditSpec Spec => _host.Submitted.Spec;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync(o => o.Pictures.MaxBytes = 200_000);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Edit_WhenFieldsAreTyped_MeansTheSameAsAForm()
    {
        var form = Form.Minimal().Text("n", "2").Text("size", "512x512").Text("output_compression", "80").Text("output_format", "webp").Text("seed", "-9007199254740993")
            .Text("num_inference_steps", "20").Text("quality", "hd").Text("negative_prompt", "x").Text("user", "u").Text("background", "opaque")
            .Text("input_fidelity", "high").Text("stream", "false").Text("deadline", "90.5").Text("strength", "0.50").Text("tiled", "true")
            .Text("unsupported", "warn").Text("fallbacks", "other/a").Text("metadata", "{\"k\":\"v\"}").Text("response_format", "url");
        var typed = $$"""
            {"model":"gpt-image-2","prompt":"make it blue","image":"{{Small}}","n":2,"size":"512x512","output_compression":80,"output_format":"webp","seed":-9007199254740993,
             "num_inference_steps":2.0e1,"quality":"hd","negative_prompt":"x","user":"u","background":"opaque","input_fidelity":"high","stream":false,
             "deadline":90.5,"strength":0.50,"tiled":true,"unsupported":"warn","fallbacks":[{"provider":"other","model":"a"}],"metadata":{"k":"v"},"response_format":"url",
             "mask":null,"type":"","partial_images":null}
            """;
        var texts = $$"""
            {"model":"gpt-image-2","prompt":"make it blue","image":"{{Small}}","n":"2","size":"512x512","output_compression":"80","output_format":"webp",
             "seed":"-9007199254740993","num_inference_steps":"20","quality":"hd","negative_prompt":"x","user":"u","background":"opaque","input_fidelity":"high",
             "stream":"False","deadline":"90.5","strength":"0.50","tiled":"true","unsupported":"warn","fallbacks":["other/a"],"metadata":"{\"k\":\"v\"}","response_format":"url"}
            """;

        foreach (var send in new[] { () => _host.EditAsync(form), () => _host.JsonAsync(typed), () => _host.JsonAsync(texts) })
        {
            (await send()).Status.ShouldBe(200);
        }

        var jobs = _host.Jobs.Submissions.Select(s => s.Job).ToList();
        jobs.Select(j => Engine.Jobs.EditFingerprint.Of(j, TimeSpan.FromSeconds(90.5))).Distinct().Count().ShouldBe(1);
        jobs.ShouldAllBe(j => j.Spec.Extra["strength"] == "0.50" && j.Spec.Seed == -9007199254740993 && j.Metadata["k"] == "v" && j.Chain.Length == 2);
    }

    [Theory]
    [InlineData("\"image\":\"{0}\"")]
    [InlineData("\"images\":\"{0}\"")]
    [InlineData("\"images\":[\"{0}\"]")]
    [InlineData("\"image\":[\"{0}\"]")]
    [InlineData("\"image[]\":[\"{0}\"]")]
    [InlineData("\"image\":\"data:image/png;base64,{0}\"")]
    [InlineData("\"image\":\"data:text/html;base64,{0}\"")]
    [InlineData("\"image\":{\"url\":\"data:image/png;base64,{0}\",\"type\":\"image_url\"}")]
    [InlineData("\"images\":[{\"type\":17,\"image_url\":\"data:image/jpeg;base64,{0}\"}]")]
    [InlineData("\"images\":[{\"image_url\":{\"url\":\"data:image/png;base64,{0}\"},\"file_id\":null}]")]
    [InlineData("\"images\":[{\"image\":\"{0}\"}]")]
    [InlineData("\"images\":[{\"url\":\"{0}\",\"image\":\"\"}]")]
    public async Task Edit_WhenAPictureHasAnyShape_TakesItsBytes(string shape)
    {
        foreach (var (base64, bytes) in new[] { (Small, Png.Of()), (Large, Png.Of(length: 60_001)) })
        {
            var answer = await _host.JsonAsync("{" + shape.Replace("{0}", base64, StringComparison.Ordinal) + "," + Wish + "}");

            answer.Status.ShouldBe(200, answer.Text);
            var image = Spec.Images.ShouldHaveSingleItem().Artifact;
            (image.Role, image.ContentType).ShouldBe((ArtifactRole.Source, "image/png"));
            _host.Artifacts.Bytes[image.Id].ShouldBe(bytes);
        }
    }

    [Fact]
    public async Task Edit_WhenTheSameBytesComeInAnyWay_HasOneFingerprint()
    {
        var picture = Png.Of(length: 30_000);
        var base64 = Convert.ToBase64String(picture);
        var files = new Form().Text("prompt", "p").Text("model", "gpt-image-2").Picture("image", picture);
        var text = new Form().Text("image[]", "data:image/webp;base64," + base64).Text("prompt", "p").Text("model", "gpt-image-2");

        await _host.EditAsync(files);
        await _host.EditAsync(text);
        await _host.JsonAsync($$"""{{{Wish}},"images":["{{base64.TrimEnd('=').Replace('+', '-').Replace('/', '_')}}"]}""");
        await _host.JsonAsync($$"""{"image":{"url":"data:;base64,{{base64.Replace("/", "\\/", StringComparison.Ordinal)}}"},{{Wish}}}""");

        _host.Jobs.Submissions.Count.ShouldBe(4);
        _host.Jobs.Submissions.Select(s => Engine.Jobs.EditFingerprint.Of(s.Job, null)).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Edit_WhenPicturesComeInTwoMembers_KeepsTheirOrder()
    {
        string Of(int width, int length = 64) => Convert.ToBase64String(Png.Of(width, length: length));

        var answer = await _host.JsonAsync($$$"""{"images":["{{{Of(1)}}}",{"image":"{{{Of(2, 40_000)}}}"}],{{{Wish}}},"image":"{{{Of(3)}}}","mask":{"image_url":"{{{Of(1)}}}"}}""");

        answer.Status.ShouldBe(200, answer.Text);
        Spec.Images.Select(i => i.Facts.Stored.Width).ShouldBe([1, 2, 3]);
        Spec.Mask!.Artifact.Role.ShouldBe(ArtifactRole.Mask);
    }

    [Theory]
    [InlineData("\"image\":5", "invalid_value:image")]
    [InlineData("\"images\":[\"@\",true]", "invalid_value:images[1]")]
    [InlineData("\"images\":[\"@\",null]", "invalid_value:images[1]")]
    [InlineData("\"images\":[\"@\",\"\"]", "invalid_value:images[1]")]
    [InlineData("\"images\":[\"@\",[\"@\"]]", "invalid_value:images[1]")]
    [InlineData("\"images\":[\"@\",{}]", "invalid_value:images[1]")]
    [InlineData("\"images\":[\"@\",{\"type\":\"image_url\"}]", "invalid_value:images[1]")]
    [InlineData("\"images\":[\"@\",{\"url\":\"@\",\"image\":\"@\"}]", "invalid_value:images[1]")]
    [InlineData("\"images\":[\"@\",{\"url\":\"@\",\"file_id\":\"file_1\"}]", "invalid_value:images[1]")]
    [InlineData("\"images\":[\"@\",{\"url\":\"@\",\"url\":\"@\"}]", "invalid_value:images[1]")]
    [InlineData("\"images\":[\"@\",{\"image_url\":{}}]", "invalid_value:images[1]")]
    [InlineData("\"images\":[\"@\",{\"url\":{\"url\":\"@\"}}]", "invalid_value:images[1]")]
    [InlineData("\"images\":[\"@\",{\"image_url\":{\"url\":\"@\",\"detail\":\"high\"}}]", "unsupported_parameter:images[1].image_url.detail")]
    [InlineData("\"images\":[\"@\",\"no base64!\"]", "invalid_image_file:images[1]")]
    [InlineData("\"images\":[\"@\",\"AAAA\"]", "invalid_image_file:images[1]")]
    [InlineData("\"images\":[\"@\",\"http://example.com/a.png\"]", "invalid_image_file:images[1]")]
    [InlineData("\"images\":[\"@\",\"https://user@example.com/a.png\"]", "invalid_image_file:images[1]")]
    [InlineData("\"images\":[\"@\",\"https://example.com:8443/a.png\"]", "invalid_image_file:images[1]")]
    [InlineData("\"images\":[\"@\",{\"url\":\"file:///etc/passwd\"}]", "invalid_image_file:images[1]")]
    [InlineData("\"images\":[\"@\",{\"file_id\":\"file_unknown\"}]", "invalid_image_file:images[1]")]
    [InlineData("\"images\":[\"@\",{\"file_id\":7}]", "invalid_image_file:images[1]")]
    [InlineData("\"image\":\"@\",\"mask\":\"AAAA\"", "invalid_image_file:mask")]
    [InlineData("\"image\":\"@\",\"mask\":[\"@\",\"@\"]", "invalid_value:mask")]
    [InlineData("\"image\":null", "missing_field:image")]
    [InlineData("\"image\":\"\"", "missing_field:image")]
    [InlineData("\"images\":[]", "missing_field:image")]
    public async Task Edit_WhenAPictureIsWrong_NamesItsPlace(string member, string mistake)
    {
        var answer = await _host.JsonAsync("{" + member.Replace("@", Small, StringComparison.Ordinal) + "," + Wish + "}");

        (answer.Status, answer.Mistakes[0]).ShouldBe((400, mistake), answer.Text);
        NothingIsLeft();
    }

    [Theory]
    [InlineData("\"n\":\"2\",\"n\":2", "n")]
    [InlineData("\"image\":\"@\",\"image\":\"@\"", "image")]
    [InlineData("\"extra\":1,\"extra\":1", "extra")]
    [InlineData("\"fallbacks\":[],\"fallbacks\":[]", "fallbacks")]
    [InlineData("\"n\":null,\"n\":1", "n")]
    public async Task Edit_WhenAMemberIsRepeated_IsRefusedByName(string members, string param)
    {
        var answer = await _host.JsonAsync("{" + members.Replace("@", Large, StringComparison.Ordinal) + "," + Wish + "}");

        (answer.Status, answer.Code, answer.Param).ShouldBe((400, "invalid_value", param));
        NothingIsLeft();
    }

    [Theory]
    [InlineData("\"n\":1.5", "invalid_value:n")]
    [InlineData("\"n\":true", "invalid_value:n")]
    [InlineData("\"n\":1e400", "invalid_value:n")]
    [InlineData("\"n\":[1]", "invalid_value:n")]
    [InlineData("\"seed\":9223372036854775808", "invalid_value:seed")]
    [InlineData("\"stream\":2", "invalid_value:stream")]
    [InlineData("\"stream\":{}", "invalid_value:stream")]
    [InlineData("\"size\":1024", "invalid_value:size")]
    [InlineData("\"user\":7", "invalid_value:user")]
    [InlineData("\"negative_prompt\":[\"a\"]", "invalid_value:negative_prompt")]
    [InlineData("\"fallbacks\":7", "invalid_value:fallbacks")]
    [InlineData("\"fallbacks\":[7]", "invalid_value:fallbacks")]
    [InlineData("\"metadata\":[]", "invalid_value:metadata")]
    [InlineData("\"metadata\":{\"a\":1}", "invalid_value:metadata")]
    [InlineData("\"lora\":{\"weight\":1}", "unsupported_parameter:lora")]
    [InlineData("\"input_reference\":[\"x\"]", "unsupported_parameter:input_reference")]
    public async Task Edit_WhenAMemberHasAnotherKind_IsRefusedByName(string member, string mistake)
    {
        var answer = await _host.JsonAsync($$"""{"image":"{{Small}}",{{Wish}},{{member}}}""");

        (answer.Status, answer.Mistakes.ShouldHaveSingleItem()).ShouldBe((400, mistake), answer.Text);
        NothingIsLeft();
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"image\":\"@\"")]
    [InlineData("{\"image\":\"@\"} x")]
    [InlineData("{\"image\":\"@\"}{}")]
    [InlineData("{\"image\":\"@\",}")]
    [InlineData("{'image':'@'}")]
    [InlineData("{\"n\":01,\"image\":\"@\"}")]
    [InlineData("{\"n\":NaN,\"image\":\"@\"}")]
    [InlineData("/* c */{\"image\":\"@\"}")]
    public async Task Edit_WhenTheBodyIsNoJsonObject_IsRefused(string body)
    {
        var answer = await _host.JsonAsync(body.Replace("@", Large, StringComparison.Ordinal));

        (answer.Status, answer.Code).ShouldBe((400, "invalid_json"));
        NothingIsLeft();
    }

    [Fact]
    public async Task Edit_WhenTheBodyHasAByteOrderMark_IsReadAllTheSame()
    {
        var body = $$"""{"image":"{{Large}}",{{Wish}}}""";

        (await _host.EditAsync([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(body)], "application/json; charset=utf-8")).Status.ShouldBe(200);
        (await _host.EditAsync(Encoding.Unicode.GetBytes(body), "application/json")).Code.ShouldBe("invalid_json");
    }

    [Theory]
    [InlineData(63, "unsupported_parameter")]
    [InlineData(64, "invalid_json")]
    public async Task Edit_WhenNestingIsDeep_EndsAtItsLimit(int depth, string code)
    {
        var answer = await _host.JsonAsync($$"""{"image":"{{Small}}",{{Wish}},"x":{{new string('[', depth)}}{{new string(']', depth)}}}""");

        (answer.Status, answer.Code).ShouldBe((400, code));
        NothingIsLeft();
    }

    [Fact]
    public async Task Edit_WhenAPromptIsLong_IsATextAndNoPicture()
    {
        // Of letters that are base64, so that nothing but its place tells.
        var prompt = new string('A', 32_000);
        var negative = "\u00e9\"\\\u0000" + new string('B', 100_000);

        var answer = await _host.JsonAsync(
            $$"""{"image":"{{Large}}","model":"gpt-image-2","prompt":"{{prompt}}","negative_prompt":{{JsonSerializer.Serialize(negative)}},"mask_{{new string('k', 20_000)}}":null}""");

        answer.Status.ShouldBe(200, answer.Text);
        (Spec.Prompt, Spec.NegativePrompt).ShouldBe((prompt, negative));
        _host.Artifacts.Writers.Count.ShouldBe(1, "only the picture was written");
    }

    [Fact]
    public async Task Edit_WhenAPromptIsTooLong_SaysSoAndNothingElse()
    {
        var answer = await _host.JsonAsync($$"""{"image":"{{Small}}","model":"gpt-image-2","prompt":"{{new string('A', 32_001)}}"}""");

        (answer.Status, answer.Mistakes.ShouldHaveSingleItem()).ShouldBe((400, "invalid_value:prompt"));
    }

    [Theory]
    [InlineData(256 << 10, 200)]
    [InlineData((256 << 10) + 1, 413)]
    public async Task Edit_WhenATextIsLong_EndsAtItsLimit(int length, int status)
    {
        var answer = await _host.JsonAsync($$"""{"image":"{{Small}}",{{Wish}},"negative_prompt":"{{new string('n', length)}}"}""");

        answer.Status.ShouldBe(status, answer.Text);
        (status == 200 ? "negative_prompt" : answer.Param).ShouldBe("negative_prompt");
    }

    [Fact]
    public async Task Edit_WhenAllTextsAreLong_IsRefused()
    {
        var texts = string.Concat(Enumerable.Range(0, 5).Select(i => $"\"x{i}\":\"{new string('n', 255 << 10)}\","));

        var answer = await _host.JsonAsync($$"""{{{texts}}"image":"{{Small}}",{{Wish}}}""");

        (answer.Status, answer.Code).ShouldBe((413, "body_too_large"));
        NothingIsLeft();
    }

    [Fact]
    public async Task Edit_WhenMembersAreMany_IsRefused()
    {
        var members = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"\"x{i}\":1,"));

        (await _host.JsonAsync($$"""{{{members}}"image":"{{Small}}",{{Wish}}}""")).Code.ShouldBe("body_too_large");
    }

    [Theory]
    [InlineData("\"prompt\":\"\\ud800\"", "prompt")]
    [InlineData("\"metadata\":{\"a\":\"\\udc00 x\"}", "metadata")]
    [InlineData("\"images\":[\"AAAA\",\"\\ud83d\"]", "images[1]")]
    public async Task Edit_WhenATextHasALoneSurrogate_NamesIt(string member, string param)
    {
        var answer = await _host.JsonAsync($$"""{"model":"gpt-image-2",{{member}}}""");

        (answer.Status, answer.Code, answer.Param).ShouldBe((400, "invalid_value", param));
    }

    [Fact]
    public async Task Edit_WhenATextIsNoUtf8_NamesIt()
    {
        byte[] body = [.. "{\"model\":\"gpt-image-2\",\"prompt\":\""u8, 0xC3, 0x28, .. "\"}"u8];

        var answer = await _host.EditAsync(body, "application/json");

        (answer.Status, answer.Code, answer.Param).ShouldBe((400, "invalid_value", "prompt"));
    }

    [Theory]
    [InlineData("\"image\":\"@\"", "image")]
    [InlineData("\"images\":[\"AAAA\",{\"image_url\":{\"url\":\"data:image/png;base64,@\"}}]", "images[1]")]
    [InlineData("\"mask\":\"@\"", "mask")]
    public async Task Edit_WhenAPictureIsTooLarge_Answers413ByPlace(string member, string param)
    {
        var picture = Convert.ToBase64String(Png.Of(length: 200_001));

        var answer = await _host.JsonAsync("{" + member.Replace("@", picture, StringComparison.Ordinal) + "}");

        (answer.Status, answer.Code, answer.Param).ShouldBe((413, "body_too_large", param));
        NothingIsLeft();
    }

    [Theory]
    [InlineData(16, 64, 200)]
    [InlineData(17, 64, 400)]
    [InlineData(17, 20_000, 400)]
    [InlineData(65, 20_000, 400)]
    [InlineData(200, 26, 400)]
    public async Task Edit_WhenImagesAreMany_EndsAtTheirLimit(int count, int length, int status)
    {
        var pictures = string.Join(',', Enumerable.Repeat($"\"{Convert.ToBase64String(Png.Of(length: length))}\"", count));

        var answer = await _host.JsonAsync($$"""{"images":[{{pictures}}],{{Wish}}}""");

        answer.Status.ShouldBe(status, answer.Text);
        if (status == 400)
        {
            answer.Code.ShouldBe("invalid_value");
            NothingIsLeft();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Edit_WhenTheBodyComesInAnyPieces_ReadsTheSame(int seed)
    {
        var random = new Random(seed);
        var picture = Png.Of(length: 5_000 + random.Next(100_000));
        var body = Encoding.UTF8.GetBytes(
            $$$"""{"images":[ "{{{Small}}}" , {"image_url" : {"url":"data:image/png;base64,{{{Convert.ToBase64String(picture)}}}"}}],{{{Wish}}}}""");
        using var http = new RawHttp(_host.Address);

        await http.WriteAsync(RawHttp.EditHead(_host.Address, "application/json", "Transfer-Encoding: chunked"));
        await http.WriteAsync(RawHttp.Chunked(body, () => 1 + random.Next(random.Next(2) == 0 ? 7 : 9_000)));

        (await http.ReadAsync()).Status.ShouldBe(200);
        _host.Artifacts.Bytes[Spec.Images[1].Artifact.Id].ShouldBe(picture);
        _host.Artifacts.Writers.ShouldAllBe(w => w.LargestWrite <= 64 << 10);
    }

    [Fact]
    public async Task Edit_WhenAnyByteIsWrong_NeverFails()
    {
        var good = Encoding.UTF8.GetBytes(
            $$"""{"images":["{{Large}}",{"image":"{{Small}}"}],{{Wish}},"fallbacks":[{"provider":"other","model":"a"}],"metadata":{"k":"v"},"mask":"{{Small}}","n":2}""");
        var random = new Random(23);

        for (var round = 0; round < 300; round++)
        {
            var body = good.ToArray();
            for (var hits = random.Next(4); hits >= 0; hits--)
            {
                var at = random.Next(3) == 0 ? random.Next(body.Length) : body.Length - 1 - random.Next(400);
                body[at] = (byte)random.Next(256);
            }

            (await _host.EditAsync(body, "application/json")).Status.ShouldBeOneOf(200, 400, 404);
        }

        _host.Artifacts.OpenWriters.ShouldBe(0);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(50_000)]
    public async Task Edit_WhenTheBodyIsCutShort_Answers400(int length)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"image":"{{Large}}",{{Wish}}}""");

        (await _host.EditAsync(body[..length], "application/json")).Code.ShouldBe("invalid_json");
        NothingIsLeft();
    }

    [Fact]
    public async Task Edit_WhenTheBodyIsOverTheLimit_Answers413()
    {
        _host.Options.Http.MaxBodyBytes = 50_000;
        var body = Encoding.UTF8.GetBytes($$"""{"image":"{{Large}}",{{Wish}}}""");
        using var http = new RawHttp(_host.Address);

        await http.WriteAsync(RawHttp.EditHead(_host.Address, "application/json", "Transfer-Encoding: chunked"));
        await http.WriteAsync(RawHttp.Chunked(body, () => 10_000));
        var answer = await http.ReadAsync();

        (answer.Status, answer.Code).ShouldBe((413, "body_too_large"));
        NothingIsLeft();
    }

    [Fact]
    public async Task Edit_WhenXaisClientSendsIt_IsUnderstood()
    {
        var answer = await _host.JsonAsync(
            $$$"""{"model":"gpt-image-2","prompt":"p","n":1,"response_format":"b64_json","image":{"url":"data:image/png;base64,{{{Large}}}","type":"image_url"}}""",
            ("Accept", "*/*"), ("x-stainless-lang", "js"));

        answer.Status.ShouldBe(200, answer.Text);
        Convert.FromBase64String(answer.Json.GetProperty("data")[0].GetProperty("b64_json").GetString()!).ShouldBe(_host.Jobs.Picture);
    }

    private void NothingIsLeft()
    {
        _host.Jobs.Submissions.ShouldBeEmpty();
        _host.Artifacts.Bytes.ShouldBeEmpty();
        _host.Artifacts.OpenWriters.ShouldBe(0);
    }
}
