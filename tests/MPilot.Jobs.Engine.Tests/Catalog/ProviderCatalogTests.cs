using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Catalog;

public sealed class ProviderCatalogTests
{
    private readonly MPilotOptions _options = new();
    private readonly ScriptedDriverKind _kind = new() { DefaultModels = ["default-*"] };

    public ProviderCatalogTests()
    {
        Add("openai", "gpt-image-*");
        Add("azure", "azure-*");
    }

    [Theory]
    [InlineData("openai/anything", "openai", "anything")]
    [InlineData("openai/deep/name", "openai", "deep/name")]
    [InlineData("gpt-image-2", "openai", "gpt-image-2")]
    public void Resolve_WhenOneProviderIsMeant_FindsIt(string asked, string provider, string model)
    {
        var found = Resolve(asked).ShouldBeOfType<ModelResolution.Found>();

        (found.Provider.Name, found.Model, found.Warning).ShouldBe((provider, model, null));
    }

    [Theory]
    [InlineData("nothing-known")]
    [InlineData("unknown/model")]
    [InlineData("openai/")]
    [InlineData("/model")]
    [InlineData("")]
    [InlineData("GPT-IMAGE-2")]
    public void Resolve_WhenNobodyServesIt_IsUnknown(string asked) => Resolve(asked).ShouldBeOfType<ModelResolution.Unknown>();

    [Fact]
    public void Resolve_WhenThePrefixIsConfiguredButTheModelIsNot_IsUnknown()
    {
        _kind["openai"].Serving = m => m == "only";

        Resolve("openai/other").ShouldBeOfType<ModelResolution.Unknown>();
        Resolve("openai/only").ShouldBeOfType<ModelResolution.Found>();
    }

    [Fact]
    public void ListModels_WhenPatternsMatchKnownModels_NamesThemAndFullNamesAndAliases()
    {
        _kind["openai"].KnownModels = ["gpt-image-2", "dall-e-2", "gpt-image-gone"];
        _kind["openai"].Serving = m => m != "gpt-image-gone";
        _kind["azure"].KnownModels = ["gpt-image-2"];
        Add("own", "flux", "flux-*");
        _options.Aliases["b"] = "azure/current";
        _options.Aliases["a"] = "openai/gpt-image-2";
        _options.Aliases["lost"] = "openai/gpt-image-gone";

        var models = new ProviderCatalog(_options, [_kind]).ListModels();

        models.Select(m => (m.Id, m.AliasOf)).ShouldBe(
            [("openai/gpt-image-2", null), ("own/flux", null), ("a", "openai/gpt-image-2"), ("b", "azure/current")]);
    }

    [Fact]
    public void FindModel_WhenOnlyTheDefaultServes_FindsNothing()
    {
        _options.DefaultModel = "openai/gpt-image-2";
        var catalog = new ProviderCatalog(_options, [_kind]);

        catalog.FindModel("unknown").ShouldBeNull();
        catalog.FindModel("gpt-image-2").ShouldBe(new("gpt-image-2", catalog.Find("openai")!, "gpt-image-2"));
    }

    [Fact]
    public void Resolve_WhenAnAliasIsExact_DecidesBeforePatterns()
    {
        _options.Aliases["gpt-image-1"] = "azure/current";

        var found = Resolve("gpt-image-1").ShouldBeOfType<ModelResolution.Found>();

        (found.Provider.Name, found.Model).ShouldBe(("azure", "current"));
    }

    [Fact]
    public void Resolve_WhenTwoPatternsMatch_NamesBoth()
    {
        Add("other", "gpt-*");

        Resolve("gpt-image-2").ShouldBeOfType<ModelResolution.Ambiguous>().Candidates.ShouldBe(["openai/gpt-image-2", "other/gpt-image-2"]);
    }

    [Fact]
    public void Resolve_WhenTwoPatternsMatchAndAnAliasDecides_FindsOne()
    {
        Add("other", "gpt-*");
        _options.Aliases["gpt-image-2"] = "other/gpt-image-2";

        Resolve("gpt-image-2").ShouldBeOfType<ModelResolution.Found>().Provider.Name.ShouldBe("other");
    }

    [Fact]
    public void Resolve_WhenABareNameIsUnknown_TakesTheDefaultWithAWarning()
    {
        _options.DefaultModel = "azure/fallback";

        var found = Resolve("dall-e-2").ShouldBeOfType<ModelResolution.Found>();

        (found.Provider.Name, found.Model).ShouldBe(("azure", "fallback"));
        found.Warning!.Parameter.ShouldBe("model");
    }

    [Fact]
    public void Resolve_WhenAPrefixedNameIsUnknown_DoesNotTakeTheDefault()
    {
        _options.DefaultModel = "azure/fallback";

        Resolve("unknown/model").ShouldBeOfType<ModelResolution.Unknown>();
    }

    [Fact]
    public void Resolve_WhenNoModelsAreConfigured_UsesTheKindsOwn()
    {
        Add("plain");

        Resolve("default-model").ShouldBeOfType<ModelResolution.Found>().Provider.Name.ShouldBe("plain");
    }

    [Fact]
    public void Find_WhenProviderIsGone_AnswersNothing()
    {
        var catalog = new ProviderCatalog(_options, [_kind]);

        catalog.Find("openai").ShouldNotBeNull();
        catalog.Find("gone").ShouldBeNull();
    }

    [Fact]
    public void Keys_WhenUnnamed_AreNumbered()
    {
        _options.Providers["openai"].Keys = [new(), new() { Name = "named" }, new()];

        new ProviderCatalog(_options, [_kind]).Find("openai")!.Options.Keys.Select(k => k.Name).ShouldBe(["key1", "named", "key3"]);
    }

    private void Add(string name, params string[] models) => _options.Providers[name] = new() { Kind = ScriptedDriverKind.Name, Models = [.. models] };

    private ModelResolution Resolve(string model) => new ProviderCatalog(_options, [_kind]).Resolve(model);
}
