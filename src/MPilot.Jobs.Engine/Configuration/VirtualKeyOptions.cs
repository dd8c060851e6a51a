using System.Globalization;

namespace MPilot.Jobs.Engine.Configuration;

/// <summary>One key that callers of this service identify themselves with.</summary>
public sealed class VirtualKeyOptions
{
    /// <summary>What a virtual key begins with, in whatever case.</summary>
    public const string Prefix = "sk-bf-";

    /// <summary>What errors and trails call it: letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, at most 64. Default: <c>key1</c>, <c>key2</c>, …</summary>
    public string? Name { get; set; }

    /// <summary>
    /// The secret: <c>sk-bf-</c> and at least 16 letters, digits, <c>_</c> and <c>-</c>; or <c>env:NAME</c> to read it from an environment variable.
    /// Anybody who has it is its tenant. Never logged. Required.
    /// </summary>
    public string Secret { get; set; } = "";

    /// <summary>
    /// Owns all that is made with the key; keys of one tenant see the same jobs and files. Letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, at
    /// most 64. Required; <c>default</c> is the tenant of what was made while no keys were configured.
    /// </summary>
    public string Tenant { get; set; } = "";

    /// <summary>When the key stops working, such as <c>2027-01-31T00:00:00Z</c>; UTC where it has no offset. Default: never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Whether the key is refused for now. Its callers learn that it exists; without the entry they would not. Default: false.</summary>
    public bool Blocked { get; set; }

    /// <summary>
    /// Patterns (<c>*</c> matches any run) of the <c>provider/model</c> names the key may use, fallbacks included. A list keeps callers from what is dear;
    /// models added later have to be added to it. Default: none, the key may use all.
    /// </summary>
    public List<string> Models { get; set; } = [];

    /// <summary>
    /// Whether an edit of this key that a provider refuses for safety goes on to the next of its fallbacks, where the request does not say
    /// (<c>on_refusal</c>). On, fewer edits fail; off, nobody shops around for the provider with the loosest rules. Default: false.
    /// </summary>
    public bool FallBackOnRefusal { get; set; }

    /// <summary>The name, or the default one of the entry at that place of the list.</summary>
    public string NameAt(int index) => Name ?? string.Create(CultureInfo.InvariantCulture, $"key{index + 1}");
}
