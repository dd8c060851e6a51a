using System.Globalization;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Store;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Artifacts;

public sealed class ArtifactLinksTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_770_000_000);
    private static readonly DateTimeOffset Later = Now.AddHours(1);
    private static readonly SigningKey Old = Key("kid_old", 1);
    private static readonly SigningKey New = Key("kid_new", 2);
    private static readonly ArtifactRef Artifact = new("art_1", ArtifactRole.Result, "image/png", 1, "sha");

    private readonly ArtifactLinks _links = new([New, Old]);

    [Fact]
    public void Verify_WhenSignedHere_IsTrue()
    {
        var (id, exp, kid, sig) = Parse(_links.Sign(Artifact, Later));

        (id, exp, kid).ShouldBe(("art_1", Later.ToUnixTimeSeconds(), "kid_new"));
        _links.Verify(id, exp, kid, sig, Now).ShouldBeTrue();
    }

    [Fact]
    public void Verify_WhenSignedWithTheOlderValidKey_IsTrue()
    {
        var (id, exp, kid, sig) = Parse(new ArtifactLinks([Old]).Sign(Artifact, Later));

        _links.Verify(id, exp, kid, sig, Now).ShouldBeTrue();
    }

    [Fact]
    public void Verify_WhenAnythingIsTamperedWith_IsFalse()
    {
        var (id, exp, kid, sig) = Parse(_links.Sign(Artifact, Later));

        _links.Verify("art_2", exp, kid, sig, Now).ShouldBeFalse();
        _links.Verify(id, exp + 1, kid, sig, Now).ShouldBeFalse();
        _links.Verify(id, exp, "kid_old", sig, Now).ShouldBeFalse();
        _links.Verify(id, exp, "kid_unknown", sig, Now).ShouldBeFalse();
        foreach (var forged in new[] { "", sig[..^1], sig + "A", sig.ToUpperInvariant(), "é", new string('A', sig.Length) })
        {
            _links.Verify(id, exp, kid, forged, Now).ShouldBeFalse(forged);
        }
    }

    [Fact]
    public void Verify_WhenSignedWithAnotherSecretUnderTheSameName_IsFalse()
    {
        var (id, exp, kid, sig) = Parse(new ArtifactLinks([Key("kid_new", 9)]).Sign(Artifact, Later));

        _links.Verify(id, exp, kid, sig, Now).ShouldBeFalse();
    }

    [Fact]
    public void Verify_WhenItsMomentHasCome_IsFalse()
    {
        var (id, exp, kid, sig) = Parse(_links.Sign(Artifact, Later));

        _links.Verify(id, exp, kid, sig, Later.AddSeconds(-1)).ShouldBeTrue();
        _links.Verify(id, exp, kid, sig, Later).ShouldBeFalse();
    }

    private static SigningKey Key(string id, byte fill) => new(id, Enumerable.Repeat(fill, 32).ToArray(), Now);

    private static (string Id, long Exp, string Kid, string Sig) Parse(string link)
    {
        var uri = new Uri(new Uri("http://localhost"), link);
        var query = uri.Query.TrimStart('?').Split('&').Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        uri.AbsolutePath.ShouldStartWith("/v1/artifacts/");
        return (uri.Segments[^1], long.Parse(query["exp"], CultureInfo.InvariantCulture), query["kid"], query["sig"]);
    }
}
