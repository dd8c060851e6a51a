using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Jobs;

public sealed class EditFingerprintTests
{
    private static readonly NewJob Job = new()
    {
        Id = "job_1",
        Tenant = "default",
        Spec = new() { Images = [Picture("one"), Picture("two")], Prompt = "prompt" },
        Chain = [World.Step("a")],
        ModelRequested = "m",
        AcceptedAt = DateTimeOffset.UnixEpoch,
        Deadline = DateTimeOffset.UnixEpoch.AddHours(1),
        RequestId = "req_1",
    };

    private static readonly (string Name, Func<EditSpec, EditSpec> Change)[] SpecChanges =
    [
        ("type", s => s with { Type = EditType.Inpainting }),
        ("prompt", s => s with { Prompt = "Prompt" }),
        ("mask", s => s with { Mask = Picture("mask") }),
        ("mask_polarity", s => s with { MaskPolarity = MaskPolarity.White }),
        ("n", s => s with { Count = 2 }),
        ("size", s => s with { Size = new(64, 64) }),
        ("response_format", s => s with { ResponseFormat = ResponseFormat.Url }),
        ("background", s => s with { Background = "opaque" }),
        ("input_fidelity", s => s with { InputFidelity = "high" }),
        ("quality", s => s with { Quality = "high" }),
        ("output_format", s => s with { OutputFormat = "webp" }),
        ("output_compression", s => s with { OutputCompression = 0 }),
        ("steps", s => s with { InferenceSteps = 1 }),
        ("seed", s => s with { Seed = 0 }),
        ("negative_prompt", s => s with { NegativePrompt = "prompt" }),
        ("user", s => s with { User = "u" }),
        ("extra", s => s with { Extra = Pairs(("k", "v")) }),
        ("extra value", s => s with { Extra = Pairs(("k", "w")) }),
        ("stream", s => s with { Stream = true }),
        ("partial_images", s => s with { PartialImages = 1 }),
        ("unsupported", s => s with { Unsupported = UnsupportedPolicy.Refuse }),
        ("image order", s => s with { Images = [s.Images[1], s.Images[0]] }),
        ("fewer images", s => s with { Images = [s.Images[0]] }),
        ("image as mask", s => s with { Images = [s.Images[0]], Mask = s.Images[1] }),
    ];

    [Fact]
    public void Of_WhenAnyFieldChanges_Differs()
    {
        var all = SpecChanges.Select(c => EditFingerprint.Of(Job with { Spec = c.Change(Job.Spec) }, null)).ToList();
        all.Add(EditFingerprint.Of(Job, null));
        all.Add(EditFingerprint.Of(Job, TimeSpan.FromSeconds(60)));
        all.Add(EditFingerprint.Of(Job with { Chain = [World.Step("b")] }, null));
        all.Add(EditFingerprint.Of(Job with { Chain = [World.Step("a"), World.Step("b")] }, null));
        all.AddRange(SpecChanges.Where(c => !c.Name.Contains("image", StringComparison.Ordinal) && c.Name != "mask")
            .Select(c => EditFingerprint.Of(Job with { Chain = [World.Step("a") with { Spec = c.Change(Job.Spec) }] }, null)));
        all.Add(EditFingerprint.Of(Job with { Chain = [World.Step("a"), World.Step("b") with { Spec = SpecChanges[1].Change(Job.Spec) }] }, null));
        all.Add(EditFingerprint.Of(Job with { ModelRequested = "alias" }, null));
        all.Add(EditFingerprint.Of(Job with { Chain = [World.Step("a") with { FallBackOnRefusal = true }] }, null));
        all.Add(EditFingerprint.Of(Job with { ResultLife = TimeSpan.FromHours(1) }, null));
        all.Add(EditFingerprint.Of(Job with { Webhook = new() { Url = "https://a.example/" } }, null));
        all.Add(EditFingerprint.Of(Job with { Webhook = new() { Endpoint = "whe_1" } }, null));
        all.Add(EditFingerprint.Of(Job with { BucketUrls = ["https://a.example/1"] }, null));
        all.Add(EditFingerprint.Of(Job with { BucketUrls = ["https://a.example/2"] }, null));
        all.Add(EditFingerprint.Of(Job with { BucketUrls = ["https://a.example/1", "https://a.example/2"] }, null));
        all.Add(EditFingerprint.Of(Job with { BucketUrls = ["https://a.example/2", "https://a.example/1"] }, null));
        all.Add(EditFingerprint.Of(Job with { Metadata = Pairs(("k", "v")) }, null));
        all.Add(EditFingerprint.Of(Job with { Wire = new(Request: true, Response: false) }, null));
        all.Add(EditFingerprint.Of(Job with { Wire = new(Request: false, Response: true) }, null));
        all.Add(EditFingerprint.Of(Job with { Wire = new(Request: true, Response: true) }, null));

        all.ShouldBeUnique();
    }

    [Fact]
    public void Spec_WhenAMemberIsAdded_IsCoveredHere()
        => typeof(EditSpec).GetProperties().Where(p => p.CanWrite).Select(p => p.Name).Order(StringComparer.Ordinal).ShouldBe(
        [
            "Background", "Count", "Extra", "Images", "InferenceSteps", "InputFidelity", "Mask", "MaskPolarity", "NegativePrompt", "OutputCompression",
            "OutputFormat", "PartialImages", "Prompt", "Quality", "ResponseFormat", "Seed", "Size", "Stream", "Type", "Unsupported", "User",
        ]);

    /// <summary>What is not counted is who asks and when (Id, Tenant, AcceptedAt, RequestId, ClientRequestId, Trace), how the answer is taken (IsAwaited), and what follows from the rest (Deadline, Warnings).</summary>
    [Fact]
    public void NewJob_WhenAMemberIsAdded_IsCoveredHere()
        => typeof(NewJob).GetProperties().Where(p => p.CanWrite).Select(p => p.Name).Order(StringComparer.Ordinal).ShouldBe(
        [
            "AcceptedAt", "BucketUrls", "Chain", "ClientRequestId", "Deadline", "Id", "IsAwaited", "Metadata", "ModelRequested", "RequestId", "ResultLife", "Spec", "Tenant", "Trace",
            "Warnings", "Webhook", "Wire",
        ]);

    [Fact]
    public void Of_WhenOnlyIdentityTimeAndArtifactNamesDiffer_IsTheSame()
    {
        var again = Job with
        {
            Id = "job_2",
            RequestId = "req_2",
            AcceptedAt = Job.AcceptedAt.AddDays(1),
            Deadline = Job.Deadline.AddDays(1),
            Spec = Job.Spec with { Images = [.. Job.Spec.Images.Select(p => p with { Artifact = p.Artifact with { Id = "art_other" } })] },
        };

        EditFingerprint.Of(again, null).ShouldBe(EditFingerprint.Of(Job, null));
    }

    [Fact]
    public void Of_WhenPairsComeInAnotherOrder_IsTheSame()
    {
        var left = Job with { Metadata = Pairs(("a", "1"), ("b", "2")), Spec = Job.Spec with { Extra = Pairs(("x", "1"), ("y", "2")) } };
        var right = Job with { Metadata = Pairs(("b", "2"), ("a", "1")), Spec = Job.Spec with { Extra = Pairs(("y", "2"), ("x", "1")) } };

        EditFingerprint.Of(left, null).ShouldBe(EditFingerprint.Of(right, null));
    }

    private static EditPicture Picture(string content)
        => new(new($"art_{content}", ArtifactRole.Source, "image/png", 1, $"sha-{content}"), PermissiveProbe.Facts);

    private static ImmutableDictionary<string, string> Pairs(params (string Key, string Value)[] pairs)
        => pairs.ToImmutableDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
}
