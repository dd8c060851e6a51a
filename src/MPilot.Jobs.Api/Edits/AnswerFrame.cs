using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

using MPilot.Jobs.Api.Jobs;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Jobs;

namespace MPilot.Jobs.Api.Edits;

/// <summary>The JSON of an answer without its pictures: small whatever their size, its final length known.</summary>
/// <param name="Json">The whole document, with empty strings for the pictures.</param>
/// <param name="Gaps">Where the pictures go, in order.</param>
internal sealed record AnswerFrame(ReadOnlyMemory<byte> Json, ImmutableArray<AnswerGap> Gaps)
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Length of the document once the gaps are filled.</summary>
    public long Length => Json.Length + Gaps.Sum(g => g.Length);

    /// <summary>The frame for a succeeded job.</summary>
    public static AnswerFrame Of(JobState job, JobLinks links)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        var gaps = ImmutableArray.CreateBuilder<AnswerGap>();
        using var json = new Utf8JsonWriter(buffer, Writing);
        var serving = ServingAttempts.Of(job).First();
        var step = job.StepOf(serving);

        json.WriteStartObject();
        json.WriteString("id", job.Id);
        json.WriteNumber("created", job.CreatedAt.ToUnixTimeSeconds());
        json.WriteString("model", step.Model);
        WritePictures(json, job, links, gaps);
        WriteFacts(json, job, serving);
        if (UsageBody.Of(job) is { } usage)
        {
            json.WritePropertyName("usage");
            JsonSerializer.Serialize(json, usage, ApiJson.Wire.UsageBody);
        }

        json.WritePropertyName("extra_fields");
        JsonSerializer.Serialize(json, AnswerExtraBody.Of(job, serving), ApiJson.Wire.AnswerExtraBody);
        json.WriteEndObject();
        json.Flush();
        return new(buffer.WrittenMemory, gaps.ToImmutable());
    }

    /// <summary>The same answer as the last member, <c>result</c>, of another object.</summary>
    public AnswerFrame Within(ReadOnlySpan<byte> envelope)
    {
        byte[] before = [.. envelope[..^1], .. ",\"result\":"u8];
        return new((byte[])[.. before, .. Json.Span, (byte)'}'], [.. Gaps.Select(g => g with { Position = g.Position + before.Length })]);
    }

    private static void WritePictures(Utf8JsonWriter json, JobState job, JobLinks links, ImmutableArray<AnswerGap>.Builder gaps)
    {
        json.WriteStartArray("data");
        foreach (var picture in job.Slots.Select(s => s.Picture).OfType<DeliveredPicture>())
        {
            json.WriteStartObject();
            if (job.Spec.ResponseFormat == ResponseFormat.Url)
            {
                json.WriteString("url", links.Picture(job, picture).AbsoluteUri);
            }
            else
            {
                json.WriteString("b64_json", "");
                gaps.Add(new((int)(json.BytesCommitted + json.BytesPending) - 1, picture.Artifact));
            }

            WriteIfKnown(json, "revised_prompt", picture.RevisedPrompt);
            json.WriteNumber("index", picture.Slot);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>What the first picture is: never what was asked where the truth is known, never <c>auto</c>.</summary>
    private static void WriteFacts(Utf8JsonWriter json, JobState job, Attempt serving)
    {
        var facts = job.Slots.First(s => s.Picture is not null).Picture!.Facts;
        var asked = job.SpecOf(serving);
        WriteIfKnown(json, "background", Actual(serving.Background, asked.Background));
        json.WriteString("output_format", facts.FormatName);
        WriteIfKnown(json, "quality", Actual(serving.Quality, asked.Quality));
        json.WriteString("size", facts.Oriented.ToString());
    }

    private static string? Actual(string? said, string? asked) => said is null or "auto" ? asked : said;

    private static void WriteIfKnown(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
