using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Engine.Jobs;

/// <summary>
/// SHA-256 over everything that makes two requests the same: the edit after defaults, the chain with what its steps override, the model as asked for (it is
/// in the answer), the metadata and the pictures' hashes in role order.
/// Boundaries, field order, file names and times do not count.
/// </summary>
public static class EditFingerprint
{
    /// <summary>The fingerprint, lower-case hexadecimal.</summary>
    /// <param name="job">The job about to be submitted.</param>
    /// <param name="deadline">The length of time asked for, or <c>null</c> for the default.</param>
    public static string Of(NewJob job, TimeSpan? deadline)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, "chain", string.Join('\n', job.Chain.Select(s => s.ToString())));
        Add(hash, "on_refusal", job.Chain.Any(s => s.FallBackOnRefusal) ? "fallback" : null);
        Add(hash, "model", job.ModelRequested);
        AddSettings(hash, "", job.Spec);
        Add(hash, "deadline", deadline?.TotalSeconds);
        Add(hash, "result_life", job.ResultLife?.TotalSeconds);
        Add(hash, "webhook_url", job.Webhook?.Url);
        Add(hash, "webhook_endpoint", job.Webhook?.Endpoint);
        foreach (var url in job.BucketUrls)
        {
            Add(hash, "output_url", url);
        }

        Add(hash, "raw_request", job.Wire?.Request);
        Add(hash, "raw_response", job.Wire?.Response);
        AddAll(hash, "extra", job.Spec.Extra);
        AddAll(hash, "metadata", job.Metadata);
        foreach (var picture in job.Spec.Images)
        {
            Add(hash, "image", picture.Artifact.Sha256);
        }

        Add(hash, "mask", job.Spec.Mask?.Artifact.Sha256);
        foreach (var (step, index) in job.Chain.Select((step, index) => (step, index)).Where(s => s.step.Spec is not null))
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"chain[{index}].");
            AddSettings(hash, at, step.Spec!);
            AddAll(hash, at + "extra", step.Spec!.Extra);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AddSettings(IncrementalHash hash, string at, EditSpec spec)
    {
        Add(hash, at + "type", spec.Type?.ToString());
        Add(hash, at + "prompt", spec.Prompt);
        Add(hash, at + "mask_polarity", spec.MaskPolarity?.ToString());
        Add(hash, at + "n", spec.Count);
        Add(hash, at + "size", spec.Size?.ToString());
        Add(hash, at + "response_format", spec.ResponseFormat);
        Add(hash, at + "background", spec.Background);
        Add(hash, at + "input_fidelity", spec.InputFidelity);
        Add(hash, at + "quality", spec.Quality);
        Add(hash, at + "output_format", spec.OutputFormat);
        Add(hash, at + "output_compression", spec.OutputCompression);
        Add(hash, at + "num_inference_steps", spec.InferenceSteps);
        Add(hash, at + "seed", spec.Seed);
        Add(hash, at + "negative_prompt", spec.NegativePrompt);
        Add(hash, at + "user", spec.User);
        Add(hash, at + "stream", spec.Stream);
        Add(hash, at + "partial_images", spec.PartialImages);
        Add(hash, at + "unsupported", spec.Unsupported);
    }

    private static void AddAll(IncrementalHash hash, string name, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        foreach (var (key, value) in pairs.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            Add(hash, $"{name}[{key.Length}:{key}]", value);
        }
    }

    private static void Add(IncrementalHash hash, string name, object? value)
    {
        if (Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}={text.Length}:{text}\n"));
        }
    }
}
