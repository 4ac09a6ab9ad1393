"""Rules of the model endpoints: Azure OpenAI, Foundry, Cohere, AI Vision."""

from __future__ import annotations

from reconciler.emulator.rules.rule import Evidence, Rule

SEEN, INFERRED = Evidence.SEEN, Evidence.INFERRED
REFERENCE = "azure-docs reference-model-inference-embeddings"

GATEWAY = (
    Rule(
        "model-key",
        "Access denied due to invalid subscription key or wrong API endpoint. Make sure to "
        "provide a valid key for an active subscription and use a correct regional API endpoint "
        "for your resource.",
        SEEN,
        "github SciSharp/BotSharp#386, microsoft/kernel-memory#325. Here the key is the "
        "emulator's own; without one any key will do. A token must look like one",
        401,
        "401",
    ),
    Rule(
        "model-key-serverless",
        "Auth token validation failed. Please provide a valid key or a valid AAD token",
        SEEN,
        "recordings-modern/inference_embeddings: a serverless endpoint has a body of its own",
        401,
    ),
    Rule(
        "model-deployment",
        "The API deployment for this resource does not exist. If you created the deployment "
        "within the last 5 minutes, please wait a moment and try again.",
        SEEN,
        "SKILLS P30; github Azure-Samples/azure-search-openai-demo-csharp#379. A deployment is "
        "named like its model, or mapped to one",
        404,
        "DeploymentNotFound",
    ),
    Rule(
        "model-resource",
        "Resource not found",
        INFERRED,
        "what Azure OpenAI says without an api-version, by general knowledge",
        404,
        "404",
    ),
    Rule(
        "model-operation",
        "The embeddings operation does not work with the specified model, {model}. Please choose "
        "different model and try again. You can learn more about which models can be used with "
        "each operation here: https://go.microsoft.com/fwlink/?linkid=2197993.",
        SEEN,
        "github OpenHands/OpenHands#1003 (there of a chat model)",
        400,
        "OperationNotSupported",
    ),
    Rule(
        "model-content",
        "The response was filtered due to the prompt triggering Azure OpenAI's content "
        "management policy. Please modify your prompt and retry. To learn more about our content "
        "filtering policies please read our documentation: "
        "https://go.microsoft.com/fwlink/?linkid=2198766",
        SEEN,
        "github compl-ai/compl-ai#20, openai/openai-python#331. Here it is said of a text that "
        "has the words 'emulator: filter this'",
        400,
        "content_filter",
    ),
)

OPENAI = (
    Rule(
        "model-json",
        "We could not parse the JSON body of your request.",
        INFERRED,
        "OpenAI's own text, by general knowledge",
        400,
    ),
    Rule(
        "model-input",
        "'$.input' is invalid. Please check the API reference: "
        "https://platform.openai.com/docs/api-reference.",
        SEEN,
        "github embeddings-benchmark/mteb#1200 (more than 2,048 inputs); that an empty one is "
        "refused alike is inferred",
        400,
    ),
    Rule(
        "model-tokens",
        "This model's maximum context length is {limit} tokens, however you requested {count} "
        "tokens ({count} in your prompt; 0 for the completion). Please reduce your prompt; or "
        "completion length.",
        SEEN,
        "github microsoft/PubSec-Info-Assistant#755, pingcap/autoflow#265",
        400,
    ),
    Rule(
        "model-dimensions-fixed",
        "This model does not support specifying dimensions.",
        SEEN,
        "github SciPhi-AI/R2R#768 (text-embedding-ada-002)",
        400,
    ),
    Rule(
        "model-dimensions",
        "Invalid value for 'dimensions' = {value}. Must be between 1 and {limit}.",
        INFERRED,
        "FACTS h; the text is ours",
        400,
    ),
    Rule(
        "model-format",
        "Invalid value for 'encoding_format': '{value}'. Supported values are: float, base64.",
        INFERRED,
        "swagger azure-openai-2024-06-01; the text is ours",
        400,
    ),
)

FOUNDRY = (
    Rule(
        "model-unprocessable",
        "The model '{model}' does not support this value of the parameter '{parameter}'.",
        INFERRED,
        f"{REFERENCE}: 422 when the model does not support the value or parameter, with the "
        "offending one in `detail`; the text is ours",
        422,
    ),
    Rule(
        "model-extra",
        "The parameter '{parameter}' is not part of this API. Set the header extra-parameters to "
        "pass-through to send it to the model, or to drop to leave it out.",
        INFERRED,
        f"{REFERENCE}: 400 unless the header says otherwise; the text is ours",
        400,
    ),
    Rule(
        "model-modality",
        "The model '{model}' does not take pictures.",
        INFERRED,
        f"{REFERENCE}: 404, modality not supported by the model; the text is ours",
        404,
    ),
    Rule(
        "model-body",
        "The request has no JSON object.",
        INFERRED,
        "the text is ours",
        400,
    ),
    Rule(
        "model-version",
        "The api-version query parameter (?api-version=) is required for all requests.",
        INFERRED,
        f"{REFERENCE}: required; the text is Azure's usual one",
        400,
        "MissingApiVersionParameter",
    ),
    Rule(
        "model-picture",
        "The image must be a data URL with a picture in base64.",
        INFERRED,
        "FACTS i; the text is ours",
        400,
    ),
)

COHERE = (
    Rule(
        "model-batch",
        "invalid request: total number of {noun} must be at most {limit} - received {count}",
        SEEN,
        "github misbahsy/RAGTune#2 (texts); of images, and from Foundry, it is inferred",
        400,
    ),
    Rule(
        "model-cohere",
        "invalid request: {problem}",
        INFERRED,
        "Cohere's embed reference; the text is ours",
        400,
    ),
)

VISION = (
    Rule(
        "vision-model",
        "The model version '{value}' is not supported.",
        INFERRED,
        "swagger vision-2024-02-01: model-version is required; the text is ours",
        400,
        "InvalidRequest",
        "InvalidModel",
    ),
    Rule(
        "vision-text",
        "The text must have 1 to 70 words.",
        INFERRED,
        "SKILLS P44; the text is ours",
        400,
        "InvalidRequest",
        "InvalidArgument",
    ),
    Rule(
        "vision-body",
        "The request has no {what}.",
        INFERRED,
        "swagger vision-2024-02-01; the text is ours",
        400,
        "InvalidRequest",
        "BadArgument",
    ),
    Rule(
        "vision-bytes",
        "The image size is not allowed to be zero or larger than 20971520 bytes.",
        SEEN,
        "learn.microsoft.com answers 1688452 (image analysis 4.0)",
        400,
        "InvalidRequest",
    ),
    Rule(
        "vision-size",
        "The image dimension is not allowed to be smaller than 10 and larger than 16000.",
        SEEN,
        "learn.microsoft.com answers 1688452, where the least was 50; 10 from SKILLS, Vision "
        "multimodal embeddings",
        400,
        "InvalidRequest",
        "InvalidImageSize",
    ),
    Rule(
        "vision-image",
        "The image cannot be read.",
        INFERRED,
        "learn.microsoft.com ComputerVisionInnerError; the text is ours",
        400,
        "InvalidRequest",
        "InvalidImageFormat",
    ),
    Rule(
        "vision-url",
        "The image's URL cannot be read.",
        INFERRED,
        "learn.microsoft.com ComputerVisionInnerError; the text is ours",
        400,
        "InvalidRequest",
        "InvalidImageUrl",
    ),
)

ANSWERS = (
    Rule(
        "model-vectors",
        "Vectors come from WordLlama (256 numbers) or, with --text-model minilm, all-MiniLM-L6-v2 "
        "(384), repeated in rotated blocks and cut to the model's length: cosines at multiples of "
        "256, or 384, are the small model's own. A picture is placed by "
        "the words of what EfficientNet-Lite0 sees in it. Vectors of two models do not compare; "
        "input_type changes nothing.",
        INFERRED,
        "the real models cannot run here; that vectors of two models do not compare is as real",
    ),
    Rule(
        "model-usage",
        "OpenAI's models count their real tokens (cl100k_base), the others those of Llama 2, which "
        "stand for their own. A picture counts 1,000.",
        INFERRED,
        "recordings-modern/inference_embeddings, whose numbers come out alike",
    ),
    Rule(
        "model-endpoint",
        "A Foundry endpoint whose host begins with a model's name has that model; elsewhere the "
        "body's `model` counts, then the header azureml-model-deployment, else it is "
        "Cohere-embed-v3-english.",
        INFERRED,
        "recordings-modern/inference_embeddings: a serverless endpoint answers without a model",
    ),
    Rule(
        "model-deployment-outside",
        "A vectorizer or skill names its model, so its deployment need not be mapped; a mapping "
        "counts more.",
        INFERRED,
        "the emulator cannot know the deployments of an account elsewhere",
    ),
)

MODELS = (*GATEWAY, *OPENAI, *FOUNDRY, *COHERE, *VISION, *ANSWERS)
