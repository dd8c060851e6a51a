using System.Collections.Immutable;
using System.Text.Json;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Streaming;
using MPilot.Jobs.Providers.Downloads;
using MPilot.Jobs.Providers.Wire;

namespace MPilot.Jobs.Providers.OpenAi;

/// <summary>Reads the answer of <c>POST /images/edits</c>.</summary>
internal sealed class OpenAiAnswer(OpenAiErrors errors, PictureDownload download)
{
    /// <summary>The pictures of a successful response, or why there are none.</summary>
    public async Task<DriverAnswer> ReadAsync(HttpResponseMessage response, DriverCall call, IDriverIo io, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var outcome = await ScanAsync(response, io, cancellationToken);
        switch (outcome)
        {
            case SpillOutcome.Cut:
                return new DriverAnswer.Failed(new(FailureKind.TimedOut, status, Message: "The connection was lost before the answer was complete."));
            case SpillOutcome.Broken broken:
                return new DriverAnswer.Failed(new(FailureKind.Broken, status, Message: broken.Reason));
            case SpillOutcome.Complete complete:
                await using (complete.Json)
                {
                    return await ReadAsync(complete.Json, status, call, io, cancellationToken);
                }

            default:
                throw new InvalidOperationException("An outcome that does not exist.");
        }
    }

    private static async Task<SpillOutcome> ScanAsync(HttpResponseMessage response, IDriverIo io, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSpill.ReadAsync(body, io.BeginPictureAsync, cancellationToken);
    }

    /// <summary>The pictures of a whole answer, or why there are none.</summary>
    private async Task<DriverAnswer> ReadAsync(SpilledJson json, int status, DriverCall call, IDriverIo io, CancellationToken cancellationToken)
    {
        var pictures = ImmutableArray.CreateBuilder<DriverPicture>();
        foreach (var entry in Entries(json.Root).Take(call.Count))
        {
            if (await PictureAsync(json, entry, call, io, cancellationToken) is { } upload)
            {
                pictures.Add(new(upload, entry.Member("revised_prompt") is { } revised ? json.Text(revised) : null));
            }
        }

        if (pictures.Count == 0)
        {
            return new DriverAnswer.Failed(Nothing(json.Root, status, call.Secret));
        }

        Show(json, call, io);
        return new DriverAnswer.Delivered(pictures.ToImmutable(), UsageOf(json.Root), Named(json, "quality"), Named(json, "background"));
    }

    /// <summary>A usable picture of one entry or event, or <c>null</c>.</summary>
    public async Task<PictureUpload?> PictureAsync(SpilledJson json, JsonElement entry, DriverCall call, IDriverIo io, CancellationToken cancellationToken)
    {
        var upload = entry.Member("b64_json") is { ValueKind: JsonValueKind.String } b64 ? await json.TakePictureAsync(b64, cancellationToken) : null;
        if (upload is null && entry.Member("url") is { } url)
        {
            upload = json.Text(url) is { } text && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme != "data"
                ? (await download.GetAsync(uri, call.Secret, io, cancellationToken)).Upload
                : await json.TakePictureAsync(url, cancellationToken);
        }

        return await UsablePicture.OrNothingAsync(upload);
    }

    /// <summary>Shows an answer or event that brought pictures.</summary>
    public void Show(SpilledJson json, DriverCall call, IDriverIo io)
        => io.Show(WireSide.Response, () => WireBody.Of(json, call.Secret, errors.Host));

    /// <summary>Why an answer or event holds no picture: some servers report errors under a successful status.</summary>
    public AttemptFailure Nothing(JsonElement root, int status, string secret)
    {
        const string Message = "The answer holds no usable picture.";
        return root.Member("error") is { ValueKind: JsonValueKind.Object or JsonValueKind.String } && OpenAiErrorBody.Of(root) is { } body
            ? errors.Of(status, body, secret)
            : new(FailureKind.Broken, status, Message: Message);
    }

    private static IEnumerable<JsonElement> Entries(JsonElement root)
        => root.Member("data") is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>A short text of the answer or event that is no <c>auto</c>.</summary>
    public static string? Named(SpilledJson json, string name)
        => json.Root.Member(name) is { } value && json.Text(value) is { Length: > 0 and <= 32 } text && text != "auto" ? text : null;

    /// <summary>What the provider counted, if it did.</summary>
    public static Usage? UsageOf(JsonElement root)
    {
        if (root.Member("usage") is not { ValueKind: JsonValueKind.Object } usage)
        {
            return null;
        }

        var (input, output) = (usage.Member("input_tokens_details"), usage.Member("output_tokens_details"));
        return new(
            Number(usage, "input_tokens"), Number(input, "image_tokens"), Number(input, "text_tokens"),
            Number(usage, "output_tokens"), Number(output, "image_tokens"), Number(output, "text_tokens"),
            Number(usage, "total_tokens"));
    }

    private static long? Number(JsonElement? element, string name)
        => element is { } parent && parent.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) && value >= 0 ? value : null;
}
