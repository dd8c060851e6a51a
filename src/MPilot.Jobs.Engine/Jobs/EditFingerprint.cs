using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Engine.Jobs;

/// <summary>
/// SHA-256 over everything that makes two requests the same: the edit after defaults, the chain, the model as asked for (it is in the answer), the metadata and the pictures' hashes in role order.
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
        var spec = job.Spec;
        Add(hash, "chain", string.Join('\n', job.Chain.Select(s => s.ToString())));
        Add(hash, "model", job.ModelRequested);
        Add(hash, "type", spec.Type?.ToString());
        Add(hash, "prompt", spec.Prompt);
        Add(hash, "mask_polarity", spec.MaskPolarity?.ToString());
        Add(hash, "n", spec.Count);
        Add(hash, "size", spec.Size?.ToString());
        Add(hash, "response_format", spec.ResponseFormat);
        Add(hash, "background", spec.Background);
        Add(hash, "input_fidelity", spec.InputFidelity);
        Add(hash, "quality", spec.Quality);
        Add(hash, "output_format", spec.OutputFormat);
        Add(hash, "output_compression", spec.OutputCompression);
        Add(hash, "num_inference_steps", spec.InferenceSteps);
        Add(hash, "seed", spec.Seed);
        Add(hash, "negative_prompt", spec.NegativePrompt);
        Add(hash, "user", spec.User);
        Add(hash, "stream", spec.Stream);
        Add(hash, "partial_images", spec.PartialImages);
        Add(hash, "unsupported", spec.Unsupported);
        Add(hash, "deadline", deadline?.TotalSeconds);
        Add(hash, "result_life", job.ResultLife?.TotalSeconds);
        Add(hash, "raw_request", job.Wire?.Request);
        Add(hash, "raw_response", job.Wire?.Response);
        AddAll(hash, "extra", spec.Extra);
        AddAll(hash, "metadata", job.Metadata);
        foreach (var picture in spec.Images)
        {
            Add(hash, "image", picture.Artifact.Sha256);
        }

        Add(hash, "mask", spec.Mask?.Artifact.Sha256);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
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
