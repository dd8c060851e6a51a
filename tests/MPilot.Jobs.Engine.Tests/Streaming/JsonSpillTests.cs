using System.Text;
using System.Text.Json;

using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Engine.Streaming;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Streaming;

public sealed class JsonSpillTests
{
    private static readonly byte[] Picture = Noise(30_001, seed: 1);

    private readonly MemoryPictures _pictures = new();

    public static TheoryData<string, string> Spellings()
    {
        var plain = Convert.ToBase64String(Picture);
        return new()
        {
            { "plain", plain },
            { "no padding", plain.TrimEnd('=') },
            { "escaped slashes", plain.Replace("/", "\\/", StringComparison.Ordinal) },
            { "unicode escapes", plain.Replace("+", "\\u002B", StringComparison.Ordinal).Replace("/", "\\u002f", StringComparison.Ordinal).Replace("=", "\\u003d", StringComparison.Ordinal) },
            { "base64url", plain.Replace('+', '-').Replace('/', '_').TrimEnd('=') },
            { "lines", string.Join("\\r\\n", plain.Chunk(76).Select(c => new string(c))) },
            { "raw lines and tabs", " \n" + string.Join("\n\t", plain.Chunk(61).Select(c => new string(c))) + "\n" },
            { "data url", "data:image/png;base64," + plain },
            { "escaped data url", "\\u0064ata:image\\/png;base64," + plain },
            { "every character escaped", string.Concat(plain.Select(c => $"\\u{(int)c:x4}")) },
        };
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public async Task ReadAsync_WhenSplitAnywhere_DecodesTheSameBytes(string name, string base64)
    {
        name.ShouldNotBeEmpty();
        var answer = Encoding.UTF8.GetBytes($$"""{"a":"q\"\\","data":[{"b64_json":"{{base64}}","x":1}],"z":"\u00e9"}""");
        var random = new Random(7);
        Func<int>[] splits = [() => 1, () => 2, () => 3, () => 5, () => 4096, () => int.MaxValue, () => random.Next(1, 40), () => random.Next(1, 20_000)];

        foreach (var split in splits)
        {
            await using var json = await CompleteAsync(answer, split);

            json.TryTakePicture(B64(json), out var upload).ShouldBeTrue();
            upload!.Length.ShouldBe(Picture.Length);
            _pictures.Writers[^1].ToArray().AsSpan().SequenceEqual(Picture).ShouldBeTrue();
            json.Root.GetProperty("a").GetString().ShouldBe("q\"\\");
            json.Text(json.Root.GetProperty("z")).ShouldBe("é");
            json.Root.GetProperty("data")[0].GetProperty("x").GetInt32().ShouldBe(1);
            await upload.DisposeAsync();
        }
    }

    [Fact]
    public async Task ReadAsync_WhenSplitAtEachByteAroundTheLimit_DecodesTheSameBytes()
    {
        var answer = Encoding.UTF8.GetBytes($$"""{"b":"data:x,{{Convert.ToBase64String(Picture).Replace("/", "\\/", StringComparison.Ordinal)}}"}""");
        int[] places = [.. Enumerable.Range(1, 40), .. Enumerable.Range(JsonSpill.LongString - 20, 60), .. Enumerable.Range(answer.Length - 20, 19)];

        foreach (var place in places)
        {
            var lengths = new Queue<int>([place]);
            await using var json = await CompleteAsync(answer, () => lengths.TryDequeue(out var first) ? first : int.MaxValue);

            json.TryTakePicture(json.Root.GetProperty("b"), out var upload).ShouldBeTrue();
            _pictures.Writers[^1].ToArray().AsSpan().SequenceEqual(Picture).ShouldBeTrue();
            await upload!.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(JsonSpill.LongString, 0)]
    [InlineData(JsonSpill.LongString + 1, 1)]
    public async Task ReadAsync_WhenStringIsAtTheLimit_SpillsOnlyLongerOnes(int length, int spilled)
    {
        foreach (var split in new Func<int>[] { () => 1, () => 7, () => int.MaxValue })
        {
            var before = _pictures.Writers.Count;
            await using var json = await CompleteAsync(Encoding.UTF8.GetBytes($"[\"{new string('A', length)}\"]"), split);

            (_pictures.Writers.Count - before).ShouldBe(spilled);
        }
    }

    [Theory]
    [InlineData("AAAA*AAA")]
    [InlineData("AAAA=AAA")]
    [InlineData("A")]
    [InlineData("AAAAA===")]
    [InlineData("AAAA=")]
    [InlineData("AA\\u00e9A")]
    [InlineData("AA\\qA")]
    [InlineData("AA\\u00zzA")]
    [InlineData("AAAA\\u00")]
    public async Task TakePicture_WhenTextIsNoBase64_GivesNone(string tail)
    {
        foreach (var length in new[] { 0, 20_000 })
        {
            var text = new string('A', length) + tail;
            var outcome = await ReadAsync(Encoding.UTF8.GetBytes($"[\"{text}\"]"), () => 1000);
            if (outcome is not SpillOutcome.Complete { Json: var json })
            {
                outcome.ShouldBe(new SpillOutcome.Broken("The answer is not valid JSON."));
                continue;
            }

            await using (json)
            {
                (await json.TakePictureAsync(json.Root[0], default)).ShouldBeNull();
                _pictures.Writers[^1].IsDisposed.ShouldBeTrue();
            }
        }
    }

    [Theory]
    [InlineData("data:image/png;base64,iVBORw0KGgo=", "iVBORw0KGgo=")]
    [InlineData("iVBORw0KGgo", "iVBORw0KGgo=")]
    [InlineData("data", "data")]
    [InlineData("dat+", "dat+")]
    [InlineData("\\u0064ata", "data")]
    public async Task TakePictureAsync_WhenTextIsShort_DecodesItToo(string text, string expected)
    {
        await using var json = await CompleteAsync(Encoding.UTF8.GetBytes($"[\"{text}\"]"), () => 3);
        await using var upload = await json.TakePictureAsync(json.Root[0], default);

        upload.ShouldNotBeNull();
        _pictures.Writers[^1].ToArray().ShouldBe(Convert.FromBase64String(expected));
    }

    [Fact]
    public async Task TryTakePicture_WhenTextLooksLikeAMarker_GivesNone()
    {
        var first = Encoding.UTF8.GetBytes($"[\"{Convert.ToBase64String(Picture)}\"]");
        await using var earlier = await CompleteAsync(first, () => 999);
        var marker = earlier.Root[0].GetString();
        await using var json = await CompleteAsync(Encoding.UTF8.GetBytes($"[\"{Convert.ToBase64String(Picture)}\",\"{marker}\",\"{marker}x\",0]"), () => 999);

        for (var i = 1; i < 4; i++)
        {
            json.TryTakePicture(json.Root[i], out _).ShouldBeFalse();
        }

        json.Text(json.Root[1]).ShouldBe(marker);
        json.Text(json.Root[0]).ShouldBeNull();
    }

    [Fact]
    public async Task TryTakePicture_WhenTakenTwice_GivesItOnce()
    {
        await using var json = await CompleteAsync(Encoding.UTF8.GetBytes($"[\"{Convert.ToBase64String(Picture)}\"]"), () => 999);

        json.TryTakePicture(json.Root[0], out var upload).ShouldBeTrue();
        json.TryTakePicture(json.Root[0], out _).ShouldBeFalse();
        (await json.TakePictureAsync(json.Root[0], default)).ShouldBeNull();
        await upload!.DisposeAsync();
    }

    [Fact]
    public async Task DisposeAsync_WhenPicturesAreLeft_DiscardsThoseOnly()
    {
        var text = Convert.ToBase64String(Picture);
        var json = await CompleteAsync(Encoding.UTF8.GetBytes($"[\"{text}\",\"{text}\"]"), () => 999);
        json.TryTakePicture(json.Root[1], out var taken).ShouldBeTrue();

        await json.DisposeAsync();

        _pictures.Writers.Select(w => w.IsDisposed).ShouldBe([true, false]);
        await taken!.DisposeAsync();
    }

    [Fact]
    public async Task ReadAsync_WhenUploadWantsNoMore_ScansOn()
    {
        _pictures.UnusableAfter = 100;
        await using var json = await CompleteAsync(Encoding.UTF8.GetBytes($"[\"{Convert.ToBase64String(Picture)}\",7]"), () => 500);

        json.TryTakePicture(json.Root[0], out var upload).ShouldBeTrue();
        upload!.Finding.ShouldBeOfType<PictureFinding.Unusable>();
        upload.Length.ShouldBeLessThan(Picture.Length);
        json.Root[1].GetInt32().ShouldBe(7);
        await upload.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("<html>")]
    [InlineData("[1,]")]
    [InlineData("{} {}")]
    public async Task ReadAsync_WhenAnswerIsNoJson_IsBroken(string answer)
        => (await ReadAsync(Encoding.UTF8.GetBytes(answer), () => 2)).ShouldBeOfType<SpillOutcome.Broken>();

    [Theory]
    [InlineData("""["\ud800"]""")]
    [InlineData("""{"\udc00x":1}""")]
    public async Task ReadAsync_WhenUnicodeIsBroken_IsBroken(string answer)
        => (await ReadAsync(Encoding.UTF8.GetBytes(answer), () => 2)).ShouldBeOfType<SpillOutcome.Broken>();

    [Fact]
    public async Task ReadAsync_WhenByteOrderMarkLeads_ReadsOn()
    {
        await using var json = await CompleteAsync([0xEF, 0xBB, 0xBF, (byte)'[', (byte)'1', (byte)']'], () => 1);

        json.Root[0].GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task ReadAsync_WhenConnectionIsLost_IsCutAndDiscardsWhatCame()
    {
        var answer = Encoding.UTF8.GetBytes($"[\"{Convert.ToBase64String(Picture)}\",\"{new string('A', 20_000)}");

        var outcome = await JsonSpill.ReadAsync(new PiecewiseStream(answer, () => 999, new IOException("gone")), _pictures.BeginPictureAsync, default);

        outcome.ShouldBeOfType<SpillOutcome.Cut>();
        _pictures.Writers.Count.ShouldBe(2);
        _pictures.Writers.ShouldAllBe(w => w.IsDisposed);
    }

    [Fact]
    public async Task ReadAsync_WhenCanceled_DiscardsWhatCame()
    {
        using var source = new CancellationTokenSource();
        var answer = Encoding.UTF8.GetBytes($"[\"{Convert.ToBase64String(Picture)}\",1]");
        var reads = 0;
        var body = new PiecewiseStream(answer, () =>
        {
            if (++reads == 4)
            {
                source.Cancel();
            }

            return 8000;
        });

        await Should.ThrowAsync<OperationCanceledException>(() => JsonSpill.ReadAsync(body, _pictures.BeginPictureAsync, source.Token));

        _pictures.Writers.ShouldHaveSingleItem().IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public async Task ReadAsync_WhenFuzzed_NeverThrowsAndNeverShowsTheSplits()
    {
        var random = new Random(42);
        string[] words = ["\"", "\\", "\\u00", "{", "}", "[", "]", ":", ",", "1", "null", "data:", "=", "AAAA", "\n", "é", "\\ud800", new('A', 5000), new('*', 17_000)];
        for (var round = 0; round < 3000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => words[random.Next(words.Length)]));
            var bytes = Encoding.UTF8.GetBytes(random.Next(2) == 0 ? text : $"[\"{text}\"]");
            if (random.Next(3) == 0)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var whole = await DescribeAsync(bytes, () => int.MaxValue);
            (await DescribeAsync(bytes, () => random.Next(1, 9000))).ShouldBe(whole);
        }

        _pictures.Writers.Count.ShouldBeGreaterThan(100);
        _pictures.Writers.ShouldAllBe(w => w.IsDisposed);
    }

    [Fact]
    public async Task ReadAsync_WhenPictureIsTooLarge_IsBroken()
    {
        _pictures.Artifacts.Keeps = false;
        var body = new RepeatedStream("[\""u8.ToArray(), Encoding.ASCII.GetBytes(new string('A', 1 << 20)), 90, "\"]"u8.ToArray());

        var outcome = await JsonSpill.ReadAsync(body, _pictures.BeginPictureAsync, default);

        outcome.ShouldBe(new SpillOutcome.Broken("A picture of the answer is larger than 64 MB."));
        _pictures.Writers.ShouldHaveSingleItem().Length.ShouldBeLessThanOrEqualTo(JsonSpill.MaxPicture);
    }

    [Fact]
    public async Task ReadAsync_WhenAnswerIsTooLong_IsBroken()
    {
        _pictures.UnusableAfter = 0;
        var body = new RepeatedStream("[\""u8.ToArray(), Encoding.ASCII.GetBytes(new string('A', 1 << 20)), 257, "\"]"u8.ToArray());

        (await JsonSpill.ReadAsync(body, _pictures.BeginPictureAsync, default)).ShouldBe(new SpillOutcome.Broken("The answer is longer than 256 MB."));
    }

    [Fact]
    public async Task ReadAsync_WhenResidueIsTooLong_IsBroken()
    {
        var body = new RepeatedStream("["u8.ToArray(), "\"some text\",     "u8.ToArray(), 100_000, "1]"u8.ToArray());

        (await JsonSpill.ReadAsync(body, _pictures.BeginPictureAsync, default)).ShouldBe(new SpillOutcome.Broken("The answer without its pictures is longer than 1 MB."));
    }

    [Fact]
    public async Task ReadAsync_WhenPicturesAreTooMany_IsBroken()
    {
        _pictures.Artifacts.Keeps = false;
        var body = new RepeatedStream("["u8.ToArray(), Encoding.ASCII.GetBytes($"\"{new string('A', 20_000)}\","), 65, "1]"u8.ToArray());

        (await JsonSpill.ReadAsync(body, _pictures.BeginPictureAsync, default)).ShouldBe(new SpillOutcome.Broken("The answer holds too many long strings."));
        _pictures.Writers.Count.ShouldBe(JsonSpill.MaxPictures);
        _pictures.Writers.ShouldAllBe(w => w.IsDisposed);
    }

    private static byte[] Noise(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static JsonElement B64(SpilledJson json) => json.Root.GetProperty("data")[0].GetProperty("b64_json");

    private async Task<string> DescribeAsync(byte[] answer, Func<int> split)
    {
        var outcome = await ReadAsync(answer, split);
        if (outcome is not SpillOutcome.Complete { Json: var json })
        {
            return outcome.ToString();
        }

        var description = new StringBuilder();
        await DescribeAsync(json, json.Root, description);
        await json.DisposeAsync();
        return description.ToString();
    }

    private static async Task DescribeAsync(SpilledJson json, JsonElement element, StringBuilder description)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    await DescribeAsync(json, item, description);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    description.Append(member.Name.Length);
                    await DescribeAsync(json, member.Value, description);
                }

                break;
            default:
                await using (var upload = await json.TakePictureAsync(element, default))
                {
                    description.Append(json.Text(element)).Append('|').Append(upload?.Sha256).Append(';');
                }

                break;
        }
    }

    private Task<SpillOutcome> ReadAsync(byte[] answer, Func<int> split)
        => JsonSpill.ReadAsync(new PiecewiseStream(answer, split), _pictures.BeginPictureAsync, default);

    private async Task<SpilledJson> CompleteAsync(byte[] answer, Func<int> split)
        => (await ReadAsync(answer, split)).ShouldBeOfType<SpillOutcome.Complete>().Json;
}
